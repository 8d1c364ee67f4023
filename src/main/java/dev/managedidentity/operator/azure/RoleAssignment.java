package dev.managedidentity.operator.azure;

import java.util.Locale;
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

  /** Role, scope and principal as one word: Azure has at most one assignment of the three. */
  public String grant() {
    return grant(scope, roleDefinitionId, principalId);
  }

  /** Role, scope and principal as one word. */
  public static String grant(String scope, String roleDefinitionId, String principalId) {
    var role = roleDefinitionId.substring(roleDefinitionId.lastIndexOf('/') + 1);
    return (scope + " " + role + " " + principalId).toLowerCase(Locale.ROOT);
  }

  /** Resource id of an assignment. */
  public static String id(String scope, String name) {
    return scope + "/providers/Microsoft.Authorization/roleAssignments/" + name;
  }
}
