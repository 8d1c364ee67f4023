package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.model.RoleAssignment;
import java.util.Optional;

/** What a body asks of a role assignment. */
record RoleAssignmentWish(
    String roleDefinitionId,
    String principalId,
    Optional<String> principalType,
    Optional<String> condition,
    Optional<String> conditionVersion,
    Optional<String> description) {

  /** Older versions of the API have the properties under the same names. */
  static RoleAssignmentWish of(JsonNode body) {
    var properties = body.path("properties");
    var role = Json.text(properties, "roleDefinitionId").orElse("");
    var principal = Json.text(properties, "principalId").orElse("");
    if (!ArmTrace.isGuid(principal)) {
      throw new ArmRefusal(RoleErrors.invalidPrincipalId(principal));
    }
    var condition = Json.text(properties, "condition");
    var version = Json.text(properties, "conditionVersion").orElse("");
    if (condition.isPresent() && !version.equals("2.0")) {
      throw new ArmRefusal(RoleErrors.conditionVersion(version));
    }
    return new RoleAssignmentWish(
        role.substring(role.lastIndexOf('/') + 1),
        principal,
        Json.text(properties, "principalType"),
        condition,
        Json.text(properties, "conditionVersion"),
        Json.text(properties, "description"));
  }

  boolean isSameGrant(RoleAssignment other) {
    return other.grant().principalId().equalsIgnoreCase(principalId)
        && other.grant().roleDefinitionId().equalsIgnoreCase(roleDefinitionId);
  }
}
