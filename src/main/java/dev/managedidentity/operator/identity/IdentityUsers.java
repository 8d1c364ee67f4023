package dev.managedidentity.operator.identity;

import static java.util.stream.Collectors.toSet;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.Use;
import dev.managedidentity.operator.identity.IdentityFacts.OwnBinding;
import dev.managedidentity.operator.identity.IdentityFacts.User;
import dev.managedidentity.operator.kube.OwnerReferences;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who uses an identity, by the statuses of the bindings that name it. */
final class IdentityUsers {
  private IdentityUsers() {}

  /** The ManagedIdentities that a binding names, or has its place on. */
  static Set<ResourceID> used(IdentityBinding binding) {
    var namespace = binding.identityNamespace();
    var named = new ResourceID(binding.getSpec().identityRef().name(), namespace);
    return place(binding)
        .map(place -> new ResourceID(place, namespace))
        .filter(place -> !place.equals(named))
        .map(place -> Set.of(named, place))
        .orElseGet(() -> Set.of(named));
  }

  /** The names of the ManagedIdentities on which bindings have their places. */
  static Set<String> places(Collection<IdentityBinding> bindings) {
    return bindings.stream().flatMap(binding -> place(binding).stream()).collect(toSet());
  }

  /** Federated credentials of bindings that are, or may be, on the identity with this id. */
  static int credentials(Collection<IdentityBinding> bindings, String resourceId) {
    return (int)
        bindings.stream()
            .flatMap(binding -> Stream.ofNullable(binding.getStatus()))
            .flatMap(status -> status.federatedCredentials().stream())
            .filter(entry -> entry.use() != Use.NONE)
            .filter(entry -> entry.state() != FederatedCredentialStatus.State.FOREIGN)
            .filter(entry -> entry.identity().equalsIgnoreCase(resourceId))
            .count();
  }

  /** Whether one of them is of service accounts, whose tokens can be had, or none is there yet. */
  static boolean areProvable(Collection<IdentityBinding> bindings) {
    return bindings.isEmpty()
        || bindings.stream()
            .map(binding -> binding.getSpec().subject())
            .anyMatch(
                subject ->
                    subject.serviceAccount() != null || subject.serviceAccountSelector() != null);
  }

  private static Optional<String> place(IdentityBinding binding) {
    return Optional.ofNullable(binding.getStatus()).map(IdentityBindingStatus::placement);
  }

  /** The bindings that have, or may have, something on an identity with one of these ids. */
  static List<User> of(Collection<IdentityBinding> bindings, List<String> resourceIds) {
    return bindings.stream()
        .flatMap(binding -> resourceIds.stream().flatMap(id -> user(binding, id).stream()).limit(1))
        .sorted(Comparator.comparing(User::name))
        .toList();
  }

  private static Optional<User> user(IdentityBinding binding, String resourceId) {
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
        : List.of(
            status.federatedCredentials(),
            status.assignments(),
            Optional.ofNullable(status.placement()));
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

  /** Lets the operator look at an identity when a binding that uses it changes. */
  static EventSource<IdentityBinding, ManagedIdentity> source(
      EventSourceContext<ManagedIdentity> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(IdentityBinding.class, ManagedIdentity.class)
            .withSecondaryToPrimaryMapper(IdentityUsers::used)
            .withOnUpdateFilter((now, before) -> !seen(now).equals(seen(before)))
            .build(),
        context);
  }
}
