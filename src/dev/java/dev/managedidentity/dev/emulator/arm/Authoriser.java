package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.entra.Caller;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Permission;
import dev.managedidentity.dev.emulator.model.RoleAssignment;
import dev.managedidentity.dev.emulator.model.RoleDefinition;
import dev.managedidentity.dev.emulator.model.Scope;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Decides by role assignments, as Azure RBAC does: at the scope itself and at all above it. */
final class Authoriser {
  private final Cloud cloud;
  private final InstantSource clock;

  Authoriser(Cloud cloud, InstantSource clock) {
    this.cloud = cloud;
    this.clock = clock;
  }

  boolean allows(Caller caller, String action, Scope scope) {
    return effective(caller, scope).anyMatch(permission -> permission.allows(action));
  }

  /** Whether the caller has any role at this scope, above it or below it. */
  boolean sees(Caller caller, Scope scope) {
    return assignments(caller)
        .anyMatch(
            assignment -> reaches(assignment.scope(), scope) || reaches(scope, assignment.scope()));
  }

  /** One permission for each role that the caller has at the scope. */
  List<Permission> permissions(Caller caller, Scope scope) {
    return effective(caller, scope).toList();
  }

  private Stream<Permission> effective(Caller caller, Scope scope) {
    return assignments(caller)
        .filter(assignment -> reaches(assignment.scope(), scope))
        .flatMap(a -> cloud.grants().definition(a.grant().roleDefinitionId()).stream())
        .map(RoleDefinition::permission);
  }

  private boolean reaches(Scope outer, Scope inner) {
    return cloud.managementGroups().reaches(outer, inner);
  }

  private Stream<RoleAssignment> assignments(Caller caller) {
    var now = clock.instant();
    return cloud.grants().ofPrincipal(caller.objectId()).stream()
        .filter(assignment -> assignment.isEffective(now));
  }
}
