package dev.managedidentity.dev.emulator.model;

/** A subscription of the one tenant. */
public record Subscription(String id, String displayName) {
  public Scope scope() {
    return Scope.subscription(id);
  }
}
