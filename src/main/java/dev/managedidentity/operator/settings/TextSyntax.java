package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.operator.api.AzureSpec;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** Values that are one piece of text. Azure's names follow the rules of the CRD. */
final class TextSyntax {
  static final Pattern GUID = Pattern.compile(AzureSpec.GUID);
  static final Pattern RESOURCE_GROUP = Pattern.compile(AzureSpec.RESOURCE_GROUP);
  static final Pattern REGION = Pattern.compile(AzureSpec.LOCATION);

  static final Pattern HOST =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  static final Pattern OBJECT_NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,238}[a-z0-9])?");
  static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  static final Pattern AUDIENCE = Pattern.compile("\\S{1,600}");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");
  private static final int HIGHEST_PORT = 65535;
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private TextSyntax() {}

  /** The text of a node that must be text: YAML would turn other scalars into something else. */
  static String text(JsonNode node) throws InvalidValueException {
    return switch (node.getNodeType()) {
      case STRING -> node.textValue();
      case NUMBER, BOOLEAN ->
          throw new InvalidValueException("is %s without quotes".formatted(node.asText()));
      case ARRAY -> throw new InvalidValueException("is a list");
      case OBJECT -> throw new InvalidValueException("is a mapping");
      case NULL, MISSING, BINARY, POJO -> throw new InvalidValueException("has no text");
    };
  }

  static CloudName cloud(JsonNode node) throws InvalidValueException {
    var word = text(node);
    return CloudName.ofWord(word).orElseThrow(() -> mismatch(word));
  }

  static String address(JsonNode node) throws InvalidValueException {
    var address = text(node);
    try {
      return InetAddress.ofLiteral(address).getHostAddress();
    } catch (IllegalArgumentException _) {
      throw mismatch(address);
    }
  }

  static Integer port(JsonNode node) throws InvalidValueException {
    var port = node.isIntegralNumber() ? node.asText() : text(node);
    if (!PORT.matcher(port).matches() || Integer.parseInt(port) > HIGHEST_PORT) {
      throw mismatch(port);
    }
    return Integer.valueOf(port);
  }

  static Boolean truth(JsonNode node) throws InvalidValueException {
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    var word = text(node);
    if (!word.equals("true") && !word.equals("false")) {
      throw mismatch(word);
    }
    return Boolean.valueOf(word);
  }

  static Duration duration(JsonNode node, Duration longest) throws InvalidValueException {
    var text = text(node);
    var match = DURATION.matcher(text);
    if (!match.matches()) {
      throw mismatch(text);
    }
    var duration =
        UNITS
            .getOrDefault(match.group(2), Duration.ZERO)
            .multipliedBy(Long.parseLong(match.group(1)));
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(longest) > 0) {
      throw mismatch(text);
    }
    return duration;
  }

  static String matching(JsonNode node, Pattern pattern) throws InvalidValueException {
    var text = text(node);
    if (!pattern.matcher(text).matches()) {
      throw mismatch(text);
    }
    return text;
  }

  private static InvalidValueException mismatch(String text) {
    return new InvalidValueException("is \"" + text + "\"");
  }
}
