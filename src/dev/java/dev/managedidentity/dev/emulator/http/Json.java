package dev.managedidentity.dev.emulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** JSON trees: made, parsed and read with missing values as empty instead of null. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /** An array of texts. */
  public static ArrayNode texts(Collection<String> values) {
    var array = NODES.arrayNode();
    values.forEach(array::add);
    return array;
  }

  /** An array of trees. */
  public static ArrayNode array(Collection<? extends JsonNode> values) {
    return NODES.arrayNode().addAll(values);
  }

  /** An object of texts. */
  public static ObjectNode map(Map<String, String> values) {
    var object = object();
    values.forEach(object::put);
    return object;
  }

  /**
   * The tree with a merge patch (RFC 7396) on it: null removes, objects merge, the rest replaces.
   */
  public static ObjectNode merged(ObjectNode tree, ObjectNode patch) {
    var result = tree.deepCopy();
    for (var change : patch.properties()) {
      if (change.getValue().isNull()) {
        result.remove(change.getKey());
      } else if (change.getValue() instanceof ObjectNode inner) {
        var old = result.get(change.getKey()) instanceof ObjectNode given ? given : object();
        result.set(change.getKey(), merged(old, inner));
      } else {
        result.set(change.getKey(), change.getValue());
      }
    }
    return result;
  }

  /** The tree that this text holds; the reason in the exception is fit for a client. */
  public static JsonNode parse(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  /** A resource of the emulator's own. */
  public static JsonNode resource(Class<?> owner, String name) {
    try (InputStream stream = owner.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("The resource " + name + " is missing from the class path");
      }
      return MAPPER.readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + name + " is not JSON", e);
    }
  }

  /** The text at a field; empty when it is absent, null or no text. */
  public static Optional<String> text(JsonNode node, String field) {
    var value = node.path(field);
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  /** The texts of an array field; empty when there is no such array. */
  public static List<String> texts(JsonNode node, String field) {
    return StreamSupport.stream(node.path(field).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  /** The texts of an object field, in their order; empty when there is no such object. */
  public static Map<String, String> map(JsonNode node, String field) {
    var values = new LinkedHashMap<String, String>();
    node.path(field).properties().forEach(e -> values.put(e.getKey(), e.getValue().asText()));
    return values;
  }
}
