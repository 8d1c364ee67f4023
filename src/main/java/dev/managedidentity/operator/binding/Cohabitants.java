package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.Use;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Other bindings of an identity. One of them may let the same bearer in: a service account that one
 * names and another selects by its labels. Azure has room for one credential of it.
 *
 * @param binding the one that asks
 * @param all bindings of the identity, this one too
 */
record Cohabitants(IdentityBinding binding, List<IdentityBinding> all) {
  Cohabitants {
    all = List.copyOf(all);
  }

  /** What keeps the binding from having this credential, if another binding has the like. */
  Optional<Problem> obstacle(FederatedCredentialStatus wanted) {
    return all.stream()
        .filter(other -> !isSame(other))
        .filter(other -> other.getStatus() != null)
        .filter(other -> other.getStatus().federatedCredentials().stream().anyMatch(has(wanted)))
        .map(other -> problem(other, wanted))
        .findFirst();
  }

  private static Predicate<FederatedCredentialStatus> has(FederatedCredentialStatus wanted) {
    return entry ->
        entry.isSameLogin(wanted)
            && entry.use() != Use.NONE
            && entry.state() != State.FOREIGN
            && !Objects.equals(entry.name(), wanted.name());
  }

  private boolean isSame(IdentityBinding other) {
    return other.getMetadata().getUid().equals(binding.getMetadata().getUid());
  }

  private static Problem problem(IdentityBinding other, FederatedCredentialStatus wanted) {
    var metadata = other.getMetadata();
    return new Problem.Blocked(
        Reason.SUBJECT_ALREADY_BOUND,
        "IdentityBinding %s/%s binds %s to the identity already."
            .formatted(metadata.getNamespace(), metadata.getName(), wanted.subject()));
  }
}
