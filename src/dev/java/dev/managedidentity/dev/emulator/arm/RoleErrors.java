package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.model.Scope;

/** What the authorization service refuses. */
final class RoleErrors {
  private RoleErrors() {}

  static ArmError invalidAssignmentId(String name) {
    return new ArmError(
        400,
        "InvalidRoleAssignmentId",
        "The role assignment ID '"
            + name
            + "' is not valid. The role assignment ID must be a GUID.");
  }

  static ArmError invalidPrincipalId(String principalId) {
    return new ArmError(
        400,
        "InvalidPrincipalId",
        "A valid principal ID must be provided for role assignment; '"
            + principalId
            + "' is none.");
  }

  static ArmError definitionNotFound(int status, String id) {
    return new ArmError(
        status,
        "RoleDefinitionDoesNotExist",
        "The specified role definition with ID '" + id.replace("-", "") + "' does not exist.");
  }

  static ArmError notAssignable(Scope scope, String roleName) {
    return new ArmError(
        400,
        "RoleAssignmentScopeNotAssignableToRoleDefinition",
        "The assignment scope '%s' is not assignable to role definition '%s'."
            .formatted(scope, roleName));
  }

  static ArmError managementGroupNotFound(String name) {
    return new ArmError(
        404, "ManagementGroupNotFound", "The management group '" + name + "' was not found.");
  }

  static ArmError conditionVersion(String version) {
    return new ArmError(
        400,
        "BadRequest",
        "A condition must have the conditionVersion '2.0', not '" + version + "'.");
  }

  static ArmError assignmentNotFound(String name) {
    return new ArmError(
        404, "RoleAssignmentNotFound", "The role assignment '" + name + "' is not found.");
  }

  /** The text has two spaces before the link, as on the wire. */
  static ArmError principalNotFound(String principalId, String tenantId) {
    return new ArmError(
        400,
        "PrincipalNotFound",
        "Principal %s does not exist in the directory %s. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype"
            .formatted(principalId.replace("-", ""), tenantId));
  }

  static ArmError otherPrincipalType(String principalId, String actual, String given) {
    return new ArmError(
        400,
        "UnmatchedPrincipalType",
        "The PrincipalId '%s' has type '%s', which is different from specified PrincipalType '%s'."
            .formatted(principalId.replace("-", ""), actual, given));
  }

  /** Older versions of the API do not name the assignment in the way. */
  static ArmError exists(String conflictingName, boolean named) {
    return new ArmError(
        409,
        "RoleAssignmentExists",
        named
            ? "The role assignment already exists. The ID of the conflicting role assignment is "
                + conflictingName.replace("-", "")
                + "."
            : "The role assignment already exists.");
  }

  static ArmError updateNotPermitted() {
    return new ArmError(
        400,
        "RoleAssignmentUpdateNotPermitted",
        "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
  }

  static ArmError tooMany() {
    return new ArmError(
        400, "RoleAssignmentLimitExceeded", "No more role assignments can be created.");
  }

  static ArmError unsupportedFilter(String filter) {
    return new ArmError(
        400, "UnsupportedFilter", "The filter '" + filter + "' is not supported for this list.");
  }
}
