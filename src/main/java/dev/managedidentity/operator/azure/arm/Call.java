package dev.managedidentity.operator.azure.arm;

/** What a request to Azure Resource Manager is for; what a failure means depends on it. */
enum Call {
  FIND_IDENTITY,
  LIST_IDENTITIES,
  WRITE_IDENTITY,
  DELETE_IDENTITY,
  LIST_CREDENTIALS,
  WRITE_CREDENTIAL,
  DELETE_CREDENTIAL,
  FIND_ROLE,
  /** Reads what a role definition allows. */
  FIND_ROLE_PERMISSIONS,
  /** Asks in a workload's place what it may do. */
  LIST_PERMISSIONS,
  LIST_ROLE_ASSIGNMENTS,
  WRITE_ROLE_ASSIGNMENT,
  DELETE_ROLE_ASSIGNMENT,
  LIST_RESOURCES,
  /** Asks which versions a resource's API has. */
  FIND_PROVIDER,
  FIND_RESOURCE,
  /** Changes a resource's identities, or asks how far that is. */
  CHANGE_RESOURCE
}
