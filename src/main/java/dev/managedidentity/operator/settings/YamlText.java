package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** One YAML document, and so JSON too, in which no key occurs twice. */
final class YamlText {
  private YamlText() {}

  /** The document's tree; an empty mapping for an empty document. */
  static JsonNode parse(String text) throws InvalidValueException {
    try {
      var tree = reader().readTree(text);
      return tree.isMissingNode() || tree.isNull() ? JsonNodeFactory.instance.objectNode() : tree;
    } catch (JacksonException e) {
      throw new InvalidValueException(
          "is not valid YAML%s: %s".formatted(place(e.getLocation()), reason(e)));
    }
  }

  private static ObjectReader reader() {
    return new YAMLMapper()
        .reader()
        .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String reason(JacksonException problem) {
    return problem.getOriginalMessage().lines().findFirst().orElse("unreadable");
  }
}
