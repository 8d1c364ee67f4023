package dev.managedidentity.dev.emulator.model;

import java.util.Optional;

/** A subscription of the one tenant, or of another one, to which it was transferred. */
public record Subscription(String id, String displayName, Optional<String> otherTenant) {
  public Subscription(String id, String displayName) {
    this(id, displayName, Optional.empty());
  }

  public Scope scope() {
    return Scope.subscription(id);
  }
}
