package dev.managedidentity.operator.azure.budget;

/** What Azure counts apart in a subscription. */
public enum Limit {
  /** The managed identity service: identities and credentials are created or updated. */
  IDENTITY_WRITES,
  /** The managed identity service: identities and credentials are deleted. */
  IDENTITY_DELETES,
  /** The managed identity service: one identity is read. */
  IDENTITY_READS,
  /** The managed identity service: identities or credentials are listed, page by page. */
  IDENTITY_LISTS,
  /** Azure Resource Manager: all other writes. */
  WRITES,
  /** Azure Resource Manager: all other deletions. */
  DELETES,
  /** Azure Resource Manager: all other reads. */
  READS
}
