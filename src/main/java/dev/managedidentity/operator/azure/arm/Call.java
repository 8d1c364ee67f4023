package dev.managedidentity.operator.azure.arm;

/** What a request to Azure Resource Manager is for; what a failure means depends on it. */
enum Call {
  FIND_IDENTITY,
  WRITE_IDENTITY,
  DELETE_IDENTITY,
  WRITE_CREDENTIAL,
  DELETE_CREDENTIAL,
  FIND_ROLE,
  WRITE_ROLE_ASSIGNMENT,
  DELETE_ROLE_ASSIGNMENT;

  /** Whether the path of the request begins with the scope of a role assignment. */
  boolean isAtScope() {
    return this == FIND_ROLE || this == WRITE_ROLE_ASSIGNMENT || this == DELETE_ROLE_ASSIGNMENT;
  }
}
