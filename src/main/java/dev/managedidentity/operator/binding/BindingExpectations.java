package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.Annotations;
import dev.managedidentity.operator.api.AssignmentStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.ListScopes;
import dev.managedidentity.operator.inventory.Expectation;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What bindings count on in Azure, by their statuses. Pure. */
public final class BindingExpectations {
  private BindingExpectations() {}

  /** The federated credentials that are known to be there; listed by identity. */
  public static List<Expectation<FederatedCredential>> credentials(
      Stream<IdentityBinding> bindings, Consumer<ResourceID> wake) {
    return living(bindings)
        .flatMap(
            binding ->
                binding.getStatus().federatedCredentials().stream()
                    .filter(BindingExpectations::isThere)
                    .map(entry -> credential(entry, () -> wake.accept(nameOf(binding)))))
        .toList();
  }

  /** Resource ids, in lower case, of the credentials that the binding made or may have made. */
  static List<String> credentialIds(IdentityBinding binding) {
    return binding.getStatus() == null
        ? List.of()
        : binding.getStatus().federatedCredentials().stream()
            .filter(entry -> entry.state() != FederatedCredentialStatus.State.FOREIGN)
            .map(BindingExpectations::idOf)
            .toList();
  }

  private static String idOf(FederatedCredentialStatus entry) {
    return lower(FederatedCredential.id(IdentityId.parse(entry.identity()), entry.name()));
  }

  /** The Azure resources that are known to have an identity; listed by type. */
  public static List<Expectation<AzureResource>> resources(
      Stream<IdentityBinding> bindings, Consumer<ResourceID> wake) {
    return living(bindings)
        .flatMap(
            binding ->
                binding.getStatus().assignments().stream()
                    .filter(BindingExpectations::isThere)
                    .map(entry -> resource(entry, () -> wake.accept(nameOf(binding)))))
        .toList();
  }

  private static Stream<IdentityBinding> living(Stream<IdentityBinding> bindings) {
    return bindings.filter(
        binding ->
            binding.getStatus() != null
                && !binding.isMarkedForDeletion()
                && !Annotations.isPaused(binding));
  }

  private static boolean isThere(FederatedCredentialStatus entry) {
    return switch (entry.state()) {
      case ACTIVE, FOREIGN -> true;
      case PENDING, REFUSED -> false;
    };
  }

  private static boolean isThere(AssignmentStatus entry) {
    return switch (entry.state()) {
      case ASSIGNED, FOREIGN -> true;
      case PENDING, REFUSED -> false;
    };
  }

  private static Expectation<FederatedCredential> credential(
      FederatedCredentialStatus entry, Runnable wake) {
    var identity = lower(entry.identity());
    return new Expectation<>(
        idOf(entry),
        List.of(identity),
        found -> found.filter(one -> isSame(one, entry)).isPresent(),
        wake);
  }

  private static boolean isSame(FederatedCredential found, FederatedCredentialStatus entry) {
    return found.issuer().equals(entry.issuer())
        && found.subject().equals(entry.subject())
        && found.audience().equals(entry.audience());
  }

  private static Expectation<AzureResource> resource(AssignmentStatus entry, Runnable wake) {
    var id = lower(entry.resource());
    var identity = IdentityId.parse(entry.identity());
    return new Expectation<>(
        id, ListScopes.ofTyped(entry.resource()), found -> has(found, identity), wake);
  }

  private static boolean has(Optional<AzureResource> found, IdentityId identity) {
    return found.filter(one -> one.has(identity)).isPresent();
  }

  private static ResourceID nameOf(IdentityBinding binding) {
    return ResourceID.fromResource(binding);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
