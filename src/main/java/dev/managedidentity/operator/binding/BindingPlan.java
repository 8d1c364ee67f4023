package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.plan.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to do next for one IdentityBinding.
 *
 * @param steps in order; empty when there is nothing to do
 * @param problems what stands in the way of the rest
 * @param hasMore whether another plan must follow once these steps are saved in the status
 */
record BindingPlan(List<Step> steps, List<Problem> problems, boolean hasMore) {
  BindingPlan {
    steps = List.copyOf(steps);
    problems = List.copyOf(problems);
  }

  /** One step; each can be repeated without harm. */
  sealed interface Step {
    /** Save the name of a credential before it is written. */
    record RememberCredential(FederatedCredentialStatus entry) implements Step {}

    /** Save that a credential may differ or be gone, before it is changed or deleted. */
    record DoubtCredential(FederatedCredentialStatus entry) implements Step {}

    /** Create a credential, or make it as given. */
    record WriteCredential(FederatedCredential credential, boolean isFirstTry) implements Step {}

    /** Delete a credential of this binding. */
    record DeleteCredential(FederatedCredentialStatus entry) implements Step {}

    /** Drop an entry behind which there is no credential. */
    record ForgetCredential(FederatedCredentialStatus entry) implements Step {}

    /** Create the service account with these annotations; it goes with the binding. */
    record CreateAccount(Map<String, String> annotations) implements Step {}

    /** Set these annotations on the service account with this uid. */
    record AnnotateAccount(String uid, Map<String, String> annotations) implements Step {}

    /** Take this binding's annotations off the service account with this uid. */
    record ReleaseAccount(String uid) implements Step {}
  }

  /** What these steps name for the first time. */
  Set<String> names() {
    return steps.stream()
        .filter(Step.RememberCredential.class::isInstance)
        .map(step -> ((Step.RememberCredential) step).entry())
        .map(BindingPlan::key)
        .collect(Collectors.toSet());
  }

  /** A credential as one word, equal for the same object in Azure. */
  static String key(FederatedCredentialStatus entry) {
    return (entry.identity() + "/" + entry.name()).toLowerCase(java.util.Locale.ROOT);
  }
}
