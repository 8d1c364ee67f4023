package dev.managedidentity.dev.emulator.model;

import java.util.List;

/**
 * A role that can be assigned at its assignable scopes and below them; {@code id} is its GUID.
 *
 * <p>A built-in role is the same in every tenant and assignable everywhere; a custom role never is.
 */
public record RoleDefinition(
    String id,
    String roleName,
    String description,
    Permission permission,
    List<Scope> assignableScopes) {

  public RoleDefinition {
    assignableScopes = List.copyOf(assignableScopes);
  }

  public static RoleDefinition builtIn(
      String id, String roleName, String description, Permission permission) {
    return new RoleDefinition(id, roleName, description, permission, List.of(Scope.ROOT));
  }

  public boolean isCustom() {
    return !assignableScopes.contains(Scope.ROOT);
  }

  /** The definition's id as seen from a scope: below its subscription, or of the tenant. */
  public String idAt(Scope scope) {
    var prefix = scope.subscription().map(Scope::path).orElse("");
    return prefix + "/providers/Microsoft.Authorization/roleDefinitions/" + id;
  }
}
