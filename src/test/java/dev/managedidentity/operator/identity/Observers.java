package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.NamespaceSelector;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.guardrails.GuardrailRule;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.identity.IdentityFacts.User;
import dev.managedidentity.operator.identity.IdentityFacts.Uses;
import dev.managedidentity.operator.identity.IdentityFacts.Workload;
import dev.managedidentity.operator.identity.IdentityObserver.Neighbours;
import dev.managedidentity.operator.inventory.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Observers for tests, and neighbours that do not matter. */
final class Observers {
  /** Rules under which everything is allowed. */
  static final Guardrails OPEN =
      new Guardrails(
          List.of(
              new GuardrailRule(
                  "open",
                  new NamespaceSelector(Map.of(), List.of()),
                  List.of("*"),
                  List.of("*"),
                  List.of(),
                  List.of("/subscriptions/*"),
                  List.of("*"),
                  List.of("/subscriptions/*"),
                  List.of("/subscriptions/*"))),
          null,
          null,
          false);

  private Observers() {}

  /** An observer in whose namespace everything is allowed, and whose inventory saw nothing. */
  static IdentityObserver of(AzureGateway azure, AzureDefaults defaults) {
    return of(azure, defaults, OPEN, inventory());
  }

  static IdentityObserver of(
      AzureGateway azure, AzureDefaults defaults, Guardrails guardrails, Inventory inventory) {
    return new IdentityObserver(
        azure,
        new IdentityGoals(defaults, "cluster-1"),
        guardrails,
        new IdentityDrift(inventory, InstantSource.fixed(Instant.EPOCH)));
  }

  static Inventory inventory() {
    return new Inventory(() -> 0L, Duration.ZERO, Duration.ZERO);
  }

  /** A namespace without labels of its own, and nobody around but these users. */
  static Neighbours neighbours(User... users) {
    return new Neighbours(
        Optional.of(Map.of()),
        new Uses(List.of(users), new Workload.None(), Optional.empty()),
        Optional.empty());
  }
}
