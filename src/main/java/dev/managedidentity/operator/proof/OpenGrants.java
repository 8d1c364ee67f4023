package dev.managedidentity.operator.proof;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.RoleAssignmentSpec;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import java.util.List;
import java.util.Objects;

/** Which roles of an identity are still to be seen in force. */
public final class OpenGrants {
  private OpenGrants() {}

  /** Those of an identity, by its status. */
  public static List<Claim.Grant> of(ManagedIdentityStatus identity) {
    return identity.roleAssignments().stream()
        .filter(RoleAssignmentStatus::awaitsEffect)
        .map(OpenGrants::grant)
        .toList();
  }

  /** All that were made for an identity, by its status. */
  public static List<Claim.Grant> made(ManagedIdentityStatus identity) {
    return identity.roleAssignments().stream()
        .filter(RoleAssignmentStatus::exists)
        .map(OpenGrants::grant)
        .toList();
  }

  /** Roles that the spec asks for and that nobody has seen in force; not those that are refused. */
  public static List<String> awaited(ManagedIdentity identity) {
    var status = Objects.requireNonNullElse(identity.getStatus(), ManagedIdentityStatus.EMPTY);
    return identity.getSpec().roleAssignments().stream()
        .filter(
            role ->
                status.roleAssignments().stream()
                    .filter(entry -> entry.isSameGrant(role.role(), role.scope()))
                    .noneMatch(OpenGrants::isSettled))
        .map(RoleAssignmentSpec::role)
        .toList();
  }

  private static boolean isSettled(RoleAssignmentStatus entry) {
    return entry.state() == RoleAssignmentStatus.State.REFUSED || entry.effectiveSince() != null;
  }

  /** What is to be looked for of a role assignment that was made. */
  public static Claim.Grant grant(RoleAssignmentStatus entry) {
    return new Claim.Grant(
        entry.role(),
        Objects.requireNonNullElse(entry.roleDefinitionId(), entry.role()),
        entry.scope());
  }
}
