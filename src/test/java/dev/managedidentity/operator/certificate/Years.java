package dev.managedidentity.operator.certificate;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when it is told to, and authorities that do not wait for entropy. */
final class Years implements InstantSource {
  static final ServerNames NAMES = ServerNames.ofService("operator-webhook", "identity-system");
  static final String NAME = "operator-webhook.identity-system.svc";
  static final Instant BEGIN = Instant.parse("2026-11-03T10:00:00Z");

  private Instant now = BEGIN;

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  static OneTimeAuthority authority() {
    return new OneTimeAuthority(NAMES, new SecureRandom());
  }
}
