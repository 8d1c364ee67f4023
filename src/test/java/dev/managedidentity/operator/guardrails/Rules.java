package dev.managedidentity.operator.guardrails;

import dev.managedidentity.operator.api.LabelSelector;
import dev.managedidentity.operator.guardrails.Guardrails.Place;
import java.util.List;
import java.util.Map;

/** Rules for tests, of which each says only what it is about. */
final class Rules {
  static final String DEFAULT = "00000000-0000-0000-0000-000000000001";
  static final String OTHER = "00000000-0000-0000-0000-00000000000a";
  static final Place SHOP = new Place("shop", Map.of("team", "shop"));
  private static final LabelSelector EVERYTHING = new LabelSelector(Map.of(), List.of());

  private Rules() {}

  static Guardrails guardrails(GuardrailRule... rules) {
    return new Guardrails(List.of(rules), DEFAULT, "platform", false);
  }

  static LabelSelector labelled(String label, String value) {
    return new LabelSelector(Map.of(label, value), List.of());
  }

  static GuardrailRule nothing(String name, LabelSelector namespaces) {
    return new GuardrailRule(
        name,
        namespaces,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  static GuardrailRule identities(
      String name, List<String> subscriptions, List<String> groups, List<String> names) {
    return new GuardrailRule(
        name,
        EVERYTHING,
        subscriptions,
        groups,
        names,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  static GuardrailRule roles(String name, List<String> roles, List<String> scopes) {
    return new GuardrailRule(
        name,
        EVERYTHING,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        roles,
        scopes,
        List.of(),
        List.of());
  }

  static GuardrailRule adoptable(String... ids) {
    return new GuardrailRule(
        "all",
        EVERYTHING,
        List.of(),
        List.of(),
        List.of(),
        List.of(ids),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  static GuardrailRule resources(String... ids) {
    return new GuardrailRule(
        "all",
        EVERYTHING,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(ids),
        List.of());
  }

  static GuardrailRule issuers(String... patterns) {
    return new GuardrailRule(
        "all",
        EVERYTHING,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(patterns));
  }
}
