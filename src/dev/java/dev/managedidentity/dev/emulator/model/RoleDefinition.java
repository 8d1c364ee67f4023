package dev.managedidentity.dev.emulator.model;

/** A role that can be assigned; {@code id} is its GUID, the same in every tenant. */
public record RoleDefinition(
    String id, String roleName, String description, Permission permission) {

  /** The definition's id as seen from a scope: below its subscription, or of the tenant. */
  public String idAt(Scope scope) {
    var prefix = scope.subscription().map(Scope::path).orElse("");
    return prefix + "/providers/Microsoft.Authorization/roleDefinitions/" + id;
  }
}
