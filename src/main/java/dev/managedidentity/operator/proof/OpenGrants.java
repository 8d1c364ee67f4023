package dev.managedidentity.operator.proof;

import dev.managedidentity.operator.api.ManagedIdentityStatus;
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

  /** What is to be looked for of a role assignment that was made. */
  public static Claim.Grant grant(RoleAssignmentStatus entry) {
    return new Claim.Grant(
        entry.role(),
        Objects.requireNonNullElse(entry.roleDefinitionId(), entry.role()),
        entry.scope());
  }
}
