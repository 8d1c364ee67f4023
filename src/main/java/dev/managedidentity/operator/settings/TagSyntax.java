package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.operator.api.AzureSpec;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Tags of Azure resources: a mapping in the file, a JSON object in the environment. */
final class TagSyntax {
  private static final Pattern NAME =
      Pattern.compile(AzureSpec.TAG_NAME_CHARACTER + "{1," + AzureSpec.TAG_NAME_LENGTH + "}");
  private static final Pattern RESERVED = Pattern.compile(AzureSpec.RESERVED_TAG_NAME);

  private TagSyntax() {}

  static Map<String, String> parse(JsonNode node) throws InvalidValueException {
    var mapping = node.isTextual() ? YamlText.parse(node.textValue()) : node;
    if (!mapping.isObject()) {
      throw new InvalidValueException("is not a mapping");
    }
    if (mapping.size() > AzureSpec.MOST_TAGS) {
      throw new InvalidValueException("has %d tags".formatted(mapping.size()));
    }
    var tags = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (var tag : mapping.properties()) {
      var name = name(tag.getKey());
      if (tags.put(name, value(name, tag.getValue())) != null) {
        throw new InvalidValueException("has the tag name \"%s\" twice".formatted(name));
      }
    }
    return tags;
  }

  private static String name(String name) throws InvalidValueException {
    if (!NAME.matcher(name).matches() || RESERVED.matcher(name).lookingAt()) {
      throw new InvalidValueException("has the tag name \"%s\"".formatted(name));
    }
    return name;
  }

  private static String value(String name, JsonNode node) throws InvalidValueException {
    if (!node.isTextual()) {
      throw new InvalidValueException(
          "has the tag \"%s\", whose value is not text in quotes".formatted(name));
    }
    if (node.textValue().length() > AzureSpec.TAG_VALUE_LENGTH) {
      throw new InvalidValueException(
          "has the tag \"%s\", whose value has %d characters"
              .formatted(name, node.textValue().length()));
    }
    return node.textValue();
  }
}
