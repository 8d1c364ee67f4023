package dev.managedidentity.operator.inventory;

import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.RoleAssignment;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The sightings of every kind of object. */
public record Inventory(
    Sightings<AzureIdentity> identities,
    Sightings<FederatedCredential> credentials,
    Sightings<RoleAssignment> roleAssignments,
    Sightings<AzureResource> resources) {
  /** How long Azure's lists may lag behind a write. */
  public static final Duration SETTLING = Duration.ofSeconds(30);

  /**
   * An inventory that has seen nothing yet.
   *
   * @param ticker nanoseconds that only grow
   * @param settling how long after a write a list may still show the object as it was
   * @param identities how often identities are listed at least: what lists of credentials show is
   *     not certain before, and a list of identities may fail once
   */
  public Inventory(LongSupplier ticker, Duration settling, Duration identities) {
    this(
        new Sightings<>(ticker, settling),
        new Sightings<>(ticker, settling, Sightings.LONGEST_LIST.plus(identities.multipliedBy(2))),
        new Sightings<>(ticker, settling),
        new Sightings<>(ticker, settling));
  }
}
