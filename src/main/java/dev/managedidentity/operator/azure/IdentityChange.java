package dev.managedidentity.operator.azure;

/** A change to the identities of an Azure resource; all its other identities stay. */
public sealed interface IdentityChange {
  /** Assign a user-assigned identity to it. */
  record Assign(IdentityId identity) implements IdentityChange {}

  /** Take a user-assigned identity from it. */
  record Unassign(IdentityId identity) implements IdentityChange {}

  /** Enable its own system-assigned identity. */
  record Enable() implements IdentityChange {}

  /** Disable its own system-assigned identity. */
  record Disable() implements IdentityChange {}

  /** Whether a resource is already as the change would make it. */
  default boolean isDoneOn(AzureResource resource) {
    return switch (this) {
      case Assign(IdentityId identity) -> resource.has(identity);
      case Unassign(IdentityId identity) -> !resource.has(identity);
      case Enable _ -> resource.isSystemAssigned();
      case Disable _ -> !resource.isSystemAssigned();
    };
  }
}
