package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.arm.ProviderType.Trait;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.RoleDefinition;
import dev.managedidentity.dev.emulator.model.Scope;

/**
 * The places at which roles can be granted. Whatever the emulator can have must be there; a scope
 * of a type that it does not know is believed, when its resource group exists.
 */
record RoleScopes(Cloud cloud, Providers providers) {

  void require(Scope scope) {
    scope
        .managementGroup()
        .filter(name -> !cloud.managementGroups().exists(name))
        .ifPresent(
            name -> {
              throw new ArmRefusal(RoleErrors.managementGroupNotFound(name));
            });
    for (var place = scope; place.resourceType().isPresent(); place = place.parent()) {
      if (isMissing(place)) {
        throw new ArmRefusal(GenericResources.notFound(place));
      }
    }
  }

  private boolean isMissing(Scope place) {
    return providers
        .find(place)
        .filter(
            type ->
                type.fullName().equals(IdentityResources.TYPE)
                    ? cloud.identity(place).isEmpty()
                    : type.has(Trait.RESOURCE) && cloud.resources().find(place).isEmpty())
        .isPresent();
  }

  void requireAssignable(RoleDefinition role, Scope scope) {
    var tree = cloud.managementGroups();
    if (role.assignableScopes().stream().noneMatch(place -> tree.reaches(place, scope))) {
      throw new ArmRefusal(RoleErrors.notAssignable(scope, role.roleName()));
    }
  }

  /** A custom role is seen where it is assignable, below that, and above it. */
  boolean isSeenFrom(RoleDefinition role, Scope scope) {
    var tree = cloud.managementGroups();
    return role.assignableScopes().stream()
        .anyMatch(place -> tree.reaches(place, scope) || tree.reaches(scope, place));
  }
}
