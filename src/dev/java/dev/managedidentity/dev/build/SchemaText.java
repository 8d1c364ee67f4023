package dev.managedidentity.dev.build;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A schema in words, as Markdown. */
final class SchemaText {
  private SchemaText() {}

  /** Text that Markdown shows as it is. */
  static String escaped(String text) {
    return text.replaceAll("([\\\\`*_<>])", "\\\\$1");
  }

  /** The type as people call it. */
  static String type(JSONSchemaProps schema) {
    if (schema.getItems() != null) {
      return "list of " + type(schema.getItems().getSchema()) + "s";
    }
    if (schema.getAdditionalProperties() != null) {
      return "map of " + type(schema.getAdditionalProperties().getSchema()) + "s";
    }
    return "date-time".equals(schema.getFormat()) ? "time" : schema.getType();
  }

  static String defaultValue(JSONSchemaProps schema) {
    var value = schema.getDefault();
    return value == null ? "" : "`" + value.asText() + "`";
  }

  /** What the API server checks of a field, of its items and of its values. */
  static List<String> rules(SchemaNode node, List<SchemaNode> all) {
    var required = node.isRequired() ? Stream.of("required") : Stream.<String>empty();
    var validations = all.stream().flatMap(other -> validations(other, node.path()));
    var parts =
        all.stream()
            .filter(other -> other.isPartOf(node))
            .flatMap(other -> limits(other.schema()))
            .map(limit -> "each " + limit);
    return Stream.of(required, limits(node.schema()), parts, validations)
        .flatMap(rules -> rules)
        .toList();
  }

  private static Stream<String> limits(JSONSchemaProps schema) {
    return Stream.of(
            values(schema),
            limit("at most %s characters", schema.getMaxLength()),
            limit("at most %s items", schema.getMaxItems()),
            limit("at most %s entries", schema.getMaxProperties()),
            limit("at least %.0f", schema.getMinimum()),
            limit("at most %.0f", schema.getMaximum()),
            keys(schema))
        .filter(Objects::nonNull);
  }

  /** Messages of the rules that speak of the field, wherever in the schema they stand. */
  private static Stream<String> validations(SchemaNode holder, String path) {
    return holder.schema().getXKubernetesValidations().stream()
        .filter(
            rule ->
                path.equals(holder.path() + Objects.requireNonNullElse(rule.getFieldPath(), "")))
        .map(rule -> escaped(rule.getMessage()));
  }

  private static @Nullable String values(JSONSchemaProps schema) {
    return schema.getEnum().isEmpty()
        ? null
        : schema.getEnum().stream().map(JsonNode::asText).collect(joining("`, `", "one of `", "`"));
  }

  private static @Nullable String keys(JSONSchemaProps schema) {
    var keys = schema.getXKubernetesListMapKeys();
    return keys.isEmpty() ? null : "no two items with the same " + String.join(" and ", keys);
  }

  private static @Nullable String limit(String form, @Nullable Object limit) {
    return limit == null ? null : form.formatted(limit);
  }
}
