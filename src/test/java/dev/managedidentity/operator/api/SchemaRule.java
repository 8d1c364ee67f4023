package dev.managedidentity.operator.api;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.build.SchemaNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a schema refuses.
 *
 * @param path where, as {@link SchemaNode#path} has it
 * @param message what the API server says of it, or the part that is always the same
 */
record SchemaRule(String kind, String path, String message) {

  /** Every rule on what users write. */
  static List<SchemaRule> of(CustomResourceDefinition crd) {
    var kind = crd.getSpec().getNames().getKind();
    return SchemaNode.of(crd).stream()
        .filter(node -> node.path().startsWith("spec"))
        .flatMap(node -> of(kind, node))
        .toList();
  }

  /** Whether an example shows the rule at work. */
  boolean isShownBy(InvalidExample example) {
    return example.kind().equals(kind)
        && isAt(example.field().replaceAll("\\[[0-9]+]", "[]"))
        && example.expectation().contains(message);
  }

  private boolean isAt(String field) {
    return path.endsWith(".*")
        ? field.startsWith(path.substring(0, path.length() - 1))
        : field.equals(path);
  }

  private static Stream<SchemaRule> of(String kind, SchemaNode node) {
    var schema = node.schema();
    var limits =
        Stream.of(
                node.isRequired() ? "Required value" : null,
                said("Too long: may not be more than %s bytes", schema.getMaxLength()),
                said("must have at most %s items", schema.getMaxItems()),
                said("must have at most %s items", schema.getMaxProperties()),
                said("should be greater than or equal to %.0f", schema.getMinimum()),
                said("should be less than or equal to %.0f", schema.getMaximum()),
                values(schema))
            .filter(Objects::nonNull)
            .map(message -> new SchemaRule(kind, node.path(), message));
    var keys =
        Stream.ofNullable(schema.getXKubernetesListMapKeys())
            .filter(names -> !names.isEmpty())
            .map(names -> new SchemaRule(kind, node.path() + "[]", "Duplicate value"));
    var validations =
        schema.getXKubernetesValidations().stream()
            .map(
                rule ->
                    new SchemaRule(
                        kind,
                        node.path() + Objects.requireNonNullElse(rule.getFieldPath(), ""),
                        rule.getMessage()));
    return Stream.of(limits, keys, validations).flatMap(rules -> rules);
  }

  private static @Nullable String said(String form, @Nullable Object limit) {
    return limit == null ? null : form.formatted(limit);
  }

  private static @Nullable String values(JSONSchemaProps schema) {
    return schema.getEnum().isEmpty()
        ? null
        : schema.getEnum().stream()
            .map(JsonNode::toString)
            .collect(joining(", ", "supported values: ", ""));
  }
}
