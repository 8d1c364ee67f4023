package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.AssignmentStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.proof.Claim;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to do next for one IdentityBinding.
 *
 * @param steps in order; empty when there is nothing to do
 * @param problems what stands in the way of the rest
 * @param findings what others changed in Azure, which these steps begin to repair
 * @param hasMore whether another plan must follow once these steps are saved in the status
 */
record BindingPlan(
    List<Step> steps, List<Problem> problems, List<Finding> findings, boolean hasMore) {
  BindingPlan {
    steps = List.copyOf(steps);
    problems = List.copyOf(problems);
    findings = List.copyOf(findings);
  }

  /** A plan to which nothing that others did has led. */
  BindingPlan(List<Step> steps, List<Problem> problems, boolean hasMore) {
    this(steps, problems, List.of(), hasMore);
  }

  /** One step, and another plan once it is saved. */
  static BindingPlan then(Step step) {
    return new BindingPlan(List.of(step), List.of(), true);
  }

  /** One step that begins to repair what others did, and another plan once it is saved. */
  static BindingPlan then(Step step, Finding finding) {
    return new BindingPlan(List.of(step), List.of(), List.of(finding), true);
  }

  /** Nothing that can be done now. */
  static BindingPlan stuck(Problem problem) {
    return new BindingPlan(List.of(), List.of(problem), false);
  }

  /** One step; each can be repeated without harm. */
  sealed interface Step {
    /** A step about a federated credential. */
    sealed interface OfCredential extends Step {}

    /** A step about the service account. */
    sealed interface OfAccount extends Step {
      AccountAnnotations.Target target();
    }

    /** A step about the identities of an Azure resource. */
    sealed interface OfAssignment extends Step {}

    /** Save the name of a credential before it is written. */
    record RememberCredential(FederatedCredentialStatus entry) implements OfCredential {}

    /** Save that a credential may differ or be gone, before it is changed or deleted. */
    record DoubtCredential(FederatedCredentialStatus entry) implements OfCredential {}

    /** Create a credential, or make it as given, on the identity with this client id. */
    record WriteCredential(FederatedCredential credential, String clientId, boolean isFirstTry)
        implements OfCredential {}

    /** Delete a credential of this binding; {@code isMakingRoom}: before its successor serves. */
    record DeleteCredential(FederatedCredentialStatus entry, boolean isMakingRoom)
        implements OfCredential {
      DeleteCredential(FederatedCredentialStatus entry) {
        this(entry, false);
      }
    }

    /** Drop an entry behind which there is no credential. */
    record ForgetCredential(FederatedCredentialStatus entry) implements OfCredential {}

    /** Exchange a token of the bearer, as proof that a pod can. */
    record ProveCredential(FederatedCredentialStatus entry, Claim claim) implements OfCredential {}

    /** Save that a credential stays after all: its issuer is asked for again. */
    record KeepCredential(FederatedCredentialStatus entry) implements OfCredential {}

    /** Save when a credential goes whose issuer was replaced. */
    record RetireCredential(FederatedCredentialStatus entry, Instant time)
        implements OfCredential {}

    /** Create the service account with these annotations; it goes with the binding. */
    record CreateAccount(AccountAnnotations.Target target, Map<String, String> annotations)
        implements OfAccount {}

    /** Set these annotations on the service account with this uid. */
    record AnnotateAccount(
        AccountAnnotations.Target target,
        String uid,
        boolean isOwned,
        Map<String, String> annotations)
        implements OfAccount {}

    /** Take this binding's annotations off the service account with this uid. */
    record ReleaseAccount(AccountAnnotations.Target target, String uid, boolean isOwned)
        implements OfAccount {}

    /** Make these the binding's entries in the ConfigMap of this name. */
    record PublishClientId(
        AccountAnnotations.Target target, String map, Map<String, String> entries)
        implements OfAccount {}

    /** Take the binding's entries out of the ConfigMap of this name and uid. */
    record WithdrawClientId(AccountAnnotations.Target target, String map, String uid)
        implements OfAccount {}

    /** Save an assignment before it is made, or one that is used as it was found. */
    record RememberAssignment(AssignmentStatus entry) implements OfAssignment {}

    /** Save that an assignment may be gone, before it is made again or removed. */
    record DoubtAssignment(AssignmentStatus entry) implements OfAssignment {}

    /** Assign the identity to the resource. */
    record AssignIdentity(AssignmentStatus entry, boolean isFirstTry) implements OfAssignment {}

    /** Ask how far Azure is with what it was asked to change; {@code isWanted}: to assign. */
    record FollowAssignment(AssignmentStatus entry, boolean isWanted) implements OfAssignment {}

    /** Take an identity that was deleted off the resource: only then its successor can go on. */
    record ReplaceAssignment(AssignmentStatus entry, AssignmentStatus successor)
        implements OfAssignment {}

    /** Take the identity off the resource. */
    record UnassignIdentity(AssignmentStatus entry) implements OfAssignment {}

    /** Drop an entry behind which there is no assignment of the operator's. */
    record ForgetAssignment(AssignmentStatus entry) implements OfAssignment {}
  }

  /** What these steps name for the first time. */
  Set<String> names() {
    return steps.stream()
        .mapMulti(
            (Step step, java.util.function.Consumer<String> names) -> {
              if (step instanceof Step.RememberCredential(var entry)) {
                names.accept(key(entry));
              } else if (step instanceof Step.RememberAssignment(var entry)) {
                names.accept(key(entry));
              }
            })
        .collect(Collectors.toSet());
  }

  /** A credential as one word, equal for the same object in Azure. */
  static String key(FederatedCredentialStatus entry) {
    return (entry.identity() + "/" + entry.name()).toLowerCase(Locale.ROOT);
  }

  /** An assignment as one word, equal for the same identity on the same resource. */
  static String key(AssignmentStatus entry) {
    return (entry.resource() + " " + entry.identity()).toLowerCase(Locale.ROOT);
  }
}
