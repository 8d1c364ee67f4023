package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.operator.guardrails.GuardrailRule;
import dev.managedidentity.operator.guardrails.PatternForm;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Guardrail rules: a list in the file, a JSON list in the environment. */
final class RuleSyntax {
  private static final List<String> KEYS =
      List.of(
          "name",
          "namespaces",
          "subscriptions",
          "resourceGroups",
          "names",
          "adoptable",
          "roles",
          "scopes",
          "azureResources",
          "issuers");

  /** Keys whose absence means a default, so that an empty list could be meant as "none". */
  private static final Map<String, String> NEVER_EMPTY =
      Map.of(
          "subscriptions", "the default subscription alone",
          "resourceGroups", "the default resource group alone",
          "names", "any name");

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  private final Set<String> names = new HashSet<>();

  private RuleSyntax() {}

  static List<GuardrailRule> parse(JsonNode node) throws InvalidValueException {
    var syntax = new RuleSyntax();
    return Entry.list(node, syntax::rule);
  }

  private Optional<GuardrailRule> rule(Entry entry) {
    var name = name(entry);
    entry.knows(KEYS);
    var namespaces = SelectorSyntax.parse(entry, "namespaces");
    var subscriptions = texts(entry, "subscriptions", PatternForm.SUBSCRIPTION);
    var resourceGroups = texts(entry, "resourceGroups", PatternForm.RESOURCE_GROUP);
    var identities = texts(entry, "names", PatternForm.NAME);
    var adoptable = texts(entry, "adoptable", PatternForm.RESOURCE);
    var roles = texts(entry, "roles", PatternForm.ROLE);
    var scopes = texts(entry, "scopes", PatternForm.SCOPE);
    var azureResources = texts(entry, "azureResources", PatternForm.RESOURCE);
    var issuers = texts(entry, "issuers", PatternForm.ISSUER);
    checkPair(entry, "roles", "scopes");
    checkPair(entry, "scopes", "roles");
    return entry.isSound()
        ? Optional.of(
            new GuardrailRule(
                name,
                namespaces,
                subscriptions,
                resourceGroups,
                identities,
                adoptable,
                roles,
                scopes,
                azureResources,
                issuers))
        : Optional.empty();
  }

  private String name(Entry entry) {
    var name =
        entry
            .text(
                "name",
                NAME.asMatchPredicate(),
                "1 to 63 letters, digits, '-', '_' or '.', a letter or digit first and last")
            .orElse("");
    if (!name.isEmpty() && !names.add(name)) {
      entry.wrong(".name", "is \"%s\" once more".formatted(name), "Rules have different names.");
    }
    if (!name.isEmpty()) {
      entry.belongsTo("rule " + name);
    }
    return name;
  }

  private static List<String> texts(Entry entry, String key, PatternForm form) {
    var absence = NEVER_EMPTY.get(key);
    if (absence != null && entry.isEmptyList(key)) {
      entry.wrong(
          "." + key, "is an empty list", "Leave it out for %s, or list some.".formatted(absence));
    }
    return entry.texts(key, form::isMetBy, form.allowed());
  }

  /** A role is granted at a scope: one without the other allows nothing. */
  private static void checkPair(Entry entry, String given, String needed) {
    if (entry.isFilled(given) && !entry.isFilled(needed)) {
      entry.wrong(
          "." + needed,
          "is missing or empty",
          "With %s it must be a list too: a role is allowed at a scope.".formatted(given));
    }
  }
}
