package dev.managedidentity.dev.emulator.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A service principal of the directory: an application with a secret, or a managed identity.
 *
 * <p>Until {@code knownAt} other parts of Azure do not find it.
 */
public record Principal(
    String objectId,
    String clientId,
    String displayName,
    Optional<String> secret,
    Optional<Scope> managedIdentity,
    Instant knownAt) {

  public boolean isKnown(Instant now) {
    return !now.isBefore(knownAt);
  }

  /** Never shows the secret. */
  @Override
  public String toString() {
    return "Principal[" + displayName + ", " + objectId + "]";
  }
}
