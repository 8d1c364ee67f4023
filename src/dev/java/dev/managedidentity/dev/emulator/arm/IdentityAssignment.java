package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.model.AzureResource;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Identity;
import dev.managedidentity.dev.emulator.model.ResourceIdentity;
import dev.managedidentity.dev.emulator.model.ResourceIdentity.UserAssigned;
import dev.managedidentity.dev.emulator.model.Scope;

/** The rules by which identities come to resources and leave them. */
final class IdentityAssignment {
  private static final String ASSIGN =
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";

  private final Cloud cloud;
  private final Authoriser authoriser;

  IdentityAssignment(Cloud cloud, Authoriser authoriser) {
    this.cloud = cloud;
    this.authoriser = authoriser;
  }

  /** Refuses who may write the resource and not assign the identities; to remove needs no right. */
  void requireRight(ArmCall call, ProviderType type, ResourceIdentityWish wish) {
    var denied =
        wish.added().stream()
            .filter(identity -> !authoriser.allows(call.caller(), ASSIGN, identity))
            .toList();
    if (!denied.isEmpty()) {
      throw new ArmRefusal(
          ResourceErrors.linkedAuthorizationFailed(
              call.caller(), type.fullName() + "/write", call.path().target(), ASSIGN, denied));
    }
  }

  /** The identities of the resource when the wish is fulfilled. */
  ResourceIdentity fulfilled(AzureResource resource, ResourceIdentityWish wish) {
    var identity = resource.identity().withSystemAssigned(wish.systemAssigned());
    if (wish.isReplacement() || !wish.userAssigned()) {
      identity = identity.withoutUserAssigned();
    }
    for (var gone : wish.removed()) {
      identity = identity.without(gone);
    }
    for (var added : wish.added()) {
      identity = identity.with(UserAssigned.of(added, assignable(resource, added)));
    }
    if (wish.userAssigned() && identity.userAssigned().isEmpty()) {
      throw new ArmRefusal(
          ResourceErrors.identitiesMissing(
              wish.systemAssigned() ? "SystemAssigned, UserAssigned" : "UserAssigned"));
    }
    return identity;
  }

  private Identity assignable(AzureResource resource, Scope id) {
    var identity =
        cloud
            .identity(id)
            .orElseThrow(() -> new ArmRefusal(ResourceErrors.identityNotFound(resource.id(), id)));
    var namespace = resource.type().substring(0, resource.type().indexOf('/'));
    if (!identity.restrictedTo().isEmpty()
        && identity.restrictedTo().stream().noneMatch(namespace::equalsIgnoreCase)) {
      throw new ArmRefusal(ResourceErrors.identityRestricted(resource.id(), id, namespace));
    }
    if (identity.isolationScope().equals("Regional")
        && !identity.location().equals(resource.location())) {
      throw new ArmRefusal(
          ResourceErrors.identityOfAnotherRegion(resource.id(), id, resource.location()));
    }
    return identity;
  }
}
