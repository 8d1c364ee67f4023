package dev.managedidentity.operator.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * Additions to a Kubernetes object as a JSON patch (RFC 6902). What was there stays, whether it is
 * known here or not: fields of a newer Kubernetes are never lost.
 */
final class JsonPatch {
  private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();

  /** Puts elements at the end of a list, which may not be there yet. */
  void append(String pointer, JsonNode list, ArrayNode elements) {
    if (elements.isEmpty()) {
      return;
    }
    if (list.isArray()) {
      elements.forEach(element -> add(pointer + "/-", element));
    } else {
      add(pointer, elements);
    }
  }

  /** Sets one entry of a map, which may not be there yet. */
  void put(String pointer, JsonNode map, String key, String value) {
    if (map.isObject()) {
      add(pointer + "/" + escaped(key), JsonNodeFactory.instance.textNode(value));
    } else {
      add(pointer, JsonNodeFactory.instance.objectNode().put(key, value));
    }
  }

  /** Puts a value in the place of another. */
  void replace(String pointer, JsonNode value) {
    operations.addObject().put("op", "replace").put("path", pointer).set("value", value);
  }

  private void add(String pointer, JsonNode value) {
    operations.addObject().put("op", "add").put("path", pointer).set("value", value);
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  ArrayNode operations() {
    return operations;
  }
}
