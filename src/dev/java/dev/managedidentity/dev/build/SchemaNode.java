package dev.managedidentity.dev.build;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.stream.Stream;

/**
 * One place of a schema: the root, a field, the items of a list or the values of a map.
 *
 * @param path as the API server writes it, with {@code []} for any item and {@code .*} for any
 *     value of a map: {@code spec.roleAssignments[].role}; empty for the root
 * @param isRequired whether its parent must have it
 */
public record SchemaNode(String path, JSONSchemaProps schema, boolean isRequired) {

  /** Every place of a CRD's first version, parents before children. */
  public static List<SchemaNode> of(CustomResourceDefinition crd) {
    var root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    return new SchemaNode("", root, true).withDescendants().toList();
  }

  /** Whether this is a field, rather than the items of a list or the values of a map. */
  public boolean isField() {
    return !path.endsWith("[]") && !path.endsWith(".*");
  }

  /** Whether this is the items of that list or the values of that map. */
  boolean isPartOf(SchemaNode container) {
    return path.equals(container.path + "[]") || path.equals(container.path + ".*");
  }

  private Stream<SchemaNode> withDescendants() {
    return Stream.concat(Stream.of(this), children().flatMap(SchemaNode::withDescendants));
  }

  private Stream<SchemaNode> children() {
    if (schema.getItems() != null) {
      return Stream.of(new SchemaNode(path + "[]", schema.getItems().getSchema(), false));
    }
    if (schema.getAdditionalProperties() != null) {
      return Stream.of(
          new SchemaNode(path + ".*", schema.getAdditionalProperties().getSchema(), false));
    }
    return schema.getProperties().entrySet().stream()
        .map(
            field ->
                new SchemaNode(
                    path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                    field.getValue(),
                    schema.getRequired().contains(field.getKey())));
  }
}
