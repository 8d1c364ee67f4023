package dev.managedidentity.operator.azure;

/**
 * One grant.
 *
 * @param name GUID that names the assignment at its scope
 */
public record RoleAssignment(
    String scope, String name, String roleDefinitionId, String principalId) {
  /** Resource id of the assignment. */
  public String id() {
    return scope + "/providers/Microsoft.Authorization/roleAssignments/" + name;
  }
}
