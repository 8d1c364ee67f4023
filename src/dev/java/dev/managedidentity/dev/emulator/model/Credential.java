package dev.managedidentity.dev.emulator.model;

import java.time.Instant;

/**
 * A federated identity credential: tokens of this issuer, subject and audience may act as the
 * identity, once {@code effectiveAt} has come.
 */
public record Credential(
    Scope identity,
    String name,
    String issuer,
    String subject,
    String audience,
    Instant effectiveAt) {

  public Scope scope() {
    return new Scope(identity.path() + "/federatedIdentityCredentials/" + name);
  }

  public boolean isEffective(Instant now) {
    return !now.isBefore(effectiveAt);
  }
}
