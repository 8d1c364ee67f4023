package dev.managedidentity.operator.settings;

import dev.managedidentity.operator.api.LabelSelector;
import dev.managedidentity.operator.api.LabelSelector.Operator;
import dev.managedidentity.operator.api.LabelSelector.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A label selector over namespaces, with the keys and the meaning that Kubernetes gives it. */
final class SelectorSyntax {
  private static final String ALLOWED =
      "a label selector with matchLabels and matchExpressions, such as {matchLabels: {team: shop}};"
          + " {} selects every namespace";
  private static final Pattern LABEL =
      Pattern.compile("([a-z0-9][-a-z0-9.]*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
  private static final String LABEL_ALLOWED =
      "the name of a label, such as team or example.com/team";
  private static final String VALUE_ALLOWED =
      "the value of a label: at most 63 letters, digits, '-', '_' or '.'";
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "In", Operator.IN,
          "NotIn", Operator.NOT_IN,
          "Exists", Operator.EXISTS,
          "DoesNotExist", Operator.DOES_NOT_EXIST);

  private SelectorSyntax() {}

  static LabelSelector parse(Entry rule, String key) {
    var selector = rule.mapping(key, ALLOWED);
    selector.ifPresent(entry -> entry.knows(List.of("matchLabels", "matchExpressions")));
    return new LabelSelector(
        selector.map(SelectorSyntax::labels).orElse(Map.of()),
        selector.map(SelectorSyntax::requirements).orElse(List.of()));
  }

  private static Map<String, String> labels(Entry selector) {
    return selector.labels(
        "matchLabels",
        LABEL.asMatchPredicate(),
        LABEL_ALLOWED,
        VALUE.asMatchPredicate(),
        VALUE_ALLOWED);
  }

  private static List<Requirement> requirements(Entry selector) {
    return selector.mappings("matchExpressions").stream()
        .flatMap(entry -> requirement(entry).stream())
        .toList();
  }

  private static Optional<Requirement> requirement(Entry entry) {
    entry.knows(List.of("key", "operator", "values"));
    var label = entry.text("key", LABEL.asMatchPredicate(), LABEL_ALLOWED);
    var operator =
        entry
            .text("operator", OPERATORS::containsKey, "one of In, NotIn, Exists, DoesNotExist")
            .map(OPERATORS::get);
    var values = entry.texts("values", VALUE.asMatchPredicate(), VALUE_ALLOWED);
    operator.ifPresent(known -> checkValues(entry, known));
    return label.flatMap(key -> operator.map(known -> new Requirement(key, known, values)));
  }

  private static void checkValues(Entry entry, Operator operator) {
    var needsValues = operator == Operator.IN || operator == Operator.NOT_IN;
    if (needsValues != entry.isFilled("values")) {
      entry.wrong(
          ".values",
          needsValues ? "is missing or empty" : "is given",
          "It is given exactly when operator is In or NotIn.");
    }
  }
}
