package dev.managedidentity.operator.azure;

import org.jspecify.annotations.Nullable;

/**
 * One grant.
 *
 * @param name GUID that names the assignment at its scope
 * @param condition in Azure's language of conditions, version 2.0; null: none
 * @param description shown beside it; null: none
 */
public record RoleAssignment(
    String scope,
    String name,
    String roleDefinitionId,
    String principalId,
    @Nullable String condition,
    @Nullable String description) {
  /** Resource id of the assignment. */
  public String id() {
    return id(scope, name);
  }

  /** Resource id of an assignment. */
  public static String id(String scope, String name) {
    return scope + "/providers/Microsoft.Authorization/roleAssignments/" + name;
  }
}
