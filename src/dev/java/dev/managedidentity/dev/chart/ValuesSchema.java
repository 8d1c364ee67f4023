package dev.managedidentity.dev.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.operator.settings.PropertyDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What the chart's values must look like: rules of the chart's own values as they are written by
 * hand, their descriptions from values.yaml, and {@code config} from the operator's settings.
 */
final class ValuesSchema {
  private static final String BY_HAND = "values.schema.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ValuesSchema() {}

  static String text(String values) {
    var schema = byHand();
    schema.withObject("/properties").set("config", config());
    for (var value : Value.in(values)) {
      describe(schema, value);
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode byHand() {
    try (var content = ValuesSchema.class.getResourceAsStream(BY_HAND)) {
      return (ObjectNode) JSON.readTree(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void describe(ObjectNode schema, Value value) {
    var node = schema;
    for (var key : value.path()) {
      if (node.has("$ref")) {
        return; // described where it is defined
      }
      var inner = node.path("properties").path(key);
      if (!(inner instanceof ObjectNode found)) {
        throw new IllegalArgumentException("values.schema.json does not know " + value.key());
      }
      node = found;
    }
    node.put("description", value.meaning());
  }

  private static ObjectNode config() {
    var config = closedObject();
    for (var property : PropertyDefinition.all()) {
      var words = List.of(property.key().split("\\."));
      var node = config;
      for (var word : words.subList(0, words.size() - 1)) {
        var properties = node.withObject("/properties");
        if (!properties.has(word)) {
          properties.set(word, closedObject());
        }
        node = properties.withObject("/" + word);
      }
      node.withObject("/properties")
          .set(
              words.getLast(),
              SettingSchema.of(property.syntax()).put("description", property.description()));
    }
    return config;
  }

  private static ObjectNode closedObject() {
    return JSON.createObjectNode().put("type", "object").put("additionalProperties", false);
  }
}
