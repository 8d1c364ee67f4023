package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Who the operator is in which subscriptions: a list in the file, JSON in the environment. */
final class CredentialSyntax {
  private static final List<String> KEYS = List.of("subscriptions", "tenantId", "clientId");
  private static final Predicate<String> GUID = TextSyntax.GUID.asMatchPredicate();

  /** Which entry a subscription was first seen in. */
  private final Map<String, Integer> seen = new HashMap<>();

  private int entries;

  private CredentialSyntax() {}

  static List<CredentialSettings> parse(JsonNode node) throws InvalidValueException {
    var syntax = new CredentialSyntax();
    return Entry.list(node, syntax::credential);
  }

  private Optional<CredentialSettings> credential(Entry entry) {
    entry.knows(KEYS);
    var allowed = Syntax.GUID.allowed();
    var subscriptions = entry.texts("subscriptions", GUID, allowed);
    checkSubscriptions(entry, subscriptions);
    var tenantId = entry.text("tenantId", GUID, allowed);
    var clientId = entry.text("clientId", GUID, allowed);
    entries++;
    return entry.isSound()
        ? Optional.of(
            new CredentialSettings(subscriptions, tenantId.orElseThrow(), clientId.orElseThrow()))
        : Optional.empty();
  }

  private void checkSubscriptions(Entry entry, List<String> subscriptions) {
    if (!entry.isFilled("subscriptions")) {
      entry.wrong(
          ".subscriptions", "is missing or empty", "It must be a list of at least one GUID.");
    }
    for (var subscription : subscriptions) {
      var first = seen.putIfAbsent(subscription.toLowerCase(Locale.ROOT), entries);
      if (first != null) {
        entry.wrong(
            ".subscriptions",
            first == entries
                ? "has %s twice".formatted(subscription)
                : "has %s, as [%d] has".formatted(subscription, first),
            "One subscription has one credential: name it once.");
      }
    }
  }
}
