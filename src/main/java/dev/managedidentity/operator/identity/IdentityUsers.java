package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.identity.IdentityFacts.OwnBinding;
import dev.managedidentity.operator.identity.IdentityFacts.User;
import dev.managedidentity.operator.kube.OwnerReferences;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who uses an identity, by the statuses of the bindings that name it. */
final class IdentityUsers {
  private IdentityUsers() {}

  /** The bindings that have, or may have, something on the identity with this resource id. */
  static List<User> of(Stream<IdentityBinding> bindings, @Nullable String resourceId) {
    return bindings
        .flatMap(binding -> user(binding, resourceId).stream())
        .sorted(Comparator.comparing(User::name))
        .toList();
  }

  private static Optional<User> user(IdentityBinding binding, @Nullable String resourceId) {
    var status = binding.getStatus();
    if (status == null) {
      return Optional.empty();
    }
    var name = binding.getMetadata().getNamespace() + "/" + binding.getMetadata().getName();
    return switch (status.uses(resourceId)) {
      case NONE -> Optional.empty();
      case MAYBE -> Optional.of(new User(name, false));
      case YES -> Optional.of(new User(name, true));
    };
  }

  /** What of a binding matters to its identity. */
  static List<Object> seen(IdentityBinding binding) {
    var status = binding.getStatus();
    return status == null
        ? List.of()
        : List.of(status.federatedCredentials(), status.assignments());
  }

  /** The binding that the operator made for the workload which owns the identity. */
  static Optional<OwnBinding> own(Stream<IdentityBinding> bindings, ManagedIdentity identity) {
    return bindings
        .filter(binding -> OwnerReferences.isOwn(binding, identity))
        .flatMap(
            binding ->
                Stream.ofNullable(binding.getSpec().subject().serviceAccount())
                    .map(account -> new OwnBinding(binding.getMetadata().getUid(), account.name())))
        .findFirst();
  }
}
