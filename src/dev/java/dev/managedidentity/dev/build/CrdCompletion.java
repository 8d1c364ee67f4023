package dev.managedidentity.dev.build;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Adds to a generated CRD what the generator's annotations cannot say. */
final class CrdCompletion {
  private CrdCompletion() {}

  static CustomResourceDefinition complete(
      CustomResourceDefinition crd, Class<? extends CustomResource<?, ?>> type) {
    crd.getSpec().getVersions().forEach(version -> complete(version, type));
    return crd;
  }

  private static void complete(
      CustomResourceDefinitionVersion version, Class<? extends CustomResource<?, ?>> type) {
    var root = version.getSchema().getOpenAPIV3Schema();
    root.setDescription(description(type));
    root.setRequired(List.of("spec"));
    var parts = ((ParameterizedType) type.getGenericSuperclass()).getActualTypeArguments();
    completePart(at(root, "spec"), (Class<?>) parts[0]);
    completePart(at(root, "status"), (Class<?>) parts[1]);
    completeLists(root);
    version.setAdditionalPrinterColumns(inDeclaredOrder(version, type));
  }

  private static void completePart(JSONSchemaProps part, Class<?> type) {
    part.setDescription(description(type));
    walk(part, type);
  }

  /**
   * Lists with keys, so that field managers can share them; and times, which are strings in Java.
   */
  private static void completeLists(JSONSchemaProps root) {
    var conditions = at(root, "status", "conditions");
    keyed(conditions, "type");
    var condition = conditions.getItems().getSchema();
    at(condition, "lastTransitionTime").setFormat("date-time");
    at(root, "status", "lastOperation", "time").setFormat("date-time");
    var roleAssignments = at(root, "spec").getProperties().get("roleAssignments");
    if (roleAssignments != null) {
      keyed(roleAssignments, "role", "scope");
    }
  }

  private static void keyed(JSONSchemaProps list, String... keys) {
    list.setXKubernetesListType("map");
    list.setXKubernetesListMapKeys(List.of(keys));
  }

  /** Follows the Java type and its schema down together. */
  private static void walk(JSONSchemaProps schema, Type type) {
    // The generator reads each rule of a record component twice: from its field and its accessor.
    schema.setXKubernetesValidations(
        schema.getXKubernetesValidations().stream().distinct().toList());
    switch (type) {
      case Class<?> whole when whole == Long.class -> schema.setFormat("int64");
      case Class<?> whole when whole == Integer.class -> schema.setFormat("int32");
      case Class<?> group when group.isRecord() ->
          Arrays.stream(group.getRecordComponents())
              .forEach(part -> walk(at(schema, part.getName()), part.getGenericType()));
      case ParameterizedType list when list.getRawType() == List.class ->
          walkItems(schema.getItems().getSchema(), list.getActualTypeArguments()[0]);
      default -> {}
    }
  }

  private static void walkItems(JSONSchemaProps items, Type type) {
    if (type instanceof Class<?> group && group.isRecord()) {
      items.setDescription(description(group));
      walk(items, group);
    }
  }

  private static String description(Class<?> type) {
    var description = type.getAnnotation(JsonClassDescription.class);
    if (description == null) {
      throw new IllegalStateException(type + " has no @JsonClassDescription");
    }
    return description.value();
  }

  private static JSONSchemaProps at(JSONSchemaProps schema, String... path) {
    var found = schema;
    for (var name : path) {
      found = found.getProperties().get(name);
      if (found == null) {
        throw new IllegalStateException("The schema has no " + String.join(".", path));
      }
    }
    return found;
  }

  /** The generator sorts columns by path; people read them as they are declared. */
  private static List<CustomResourceColumnDefinition> inDeclaredOrder(
      CustomResourceDefinitionVersion version, Class<?> type) {
    var paths =
        Stream.of(type.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::jsonPath)
            .toList();
    return version.getAdditionalPrinterColumns().stream()
        .sorted(Comparator.comparingInt(column -> paths.indexOf(column.getJsonPath())))
        .toList();
  }
}
