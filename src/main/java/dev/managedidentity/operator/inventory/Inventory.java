package dev.managedidentity.operator.inventory;

import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.RoleAssignment;

/** The sightings of every kind of object. */
public record Inventory(
    Sightings<AzureIdentity> identities,
    Sightings<FederatedCredential> credentials,
    Sightings<RoleAssignment> roleAssignments,
    Sightings<AzureResource> resources) {
  /** An inventory that has seen nothing yet. */
  public Inventory() {
    this(new Sightings<>(), new Sightings<>(), new Sightings<>(), new Sightings<>());
  }
}
