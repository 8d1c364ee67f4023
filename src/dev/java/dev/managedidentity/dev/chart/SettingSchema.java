package dev.managedidentity.dev.chart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.operator.api.AzureSpec;
import dev.managedidentity.operator.guardrails.GuardrailRule;
import dev.managedidentity.operator.settings.Syntax;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the chart says about a setting of the operator. It finds misplaced keys and wrong types;
 * what takes more than that the operator itself says at its start.
 */
final class SettingSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SettingSchema() {}

  static ObjectNode of(Syntax syntax) {
    return switch (syntax) {
      case CLOUD -> oneOf("Public", "USGovernment", "China", "Custom");
      case GUID -> matching("^" + AzureSpec.GUID + "$");
      case RESOURCE_GROUP -> matching("^" + AzureSpec.RESOURCE_GROUP + "$");
      case REGION -> matching("^" + AzureSpec.LOCATION + "$");
      case HTTPS_URL, ISSUER -> matching("^https://");
      case ISSUERS -> listOf(matching("^https://"));
      case NAMESPACES -> listOf(matching("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"));
      case AUDIENCE -> matching("^\\S{1,600}$");
      case DURATION -> matching("^[0-9]+(ms|s|m)$");
      case INTERVAL, GRACE_PERIOD -> matching("^[0-9]+(ms|s|m|h)$");
      case BOOLEAN -> type("boolean");
      case PORT -> type("integer").put("minimum", 0).put("maximum", 65_535);
      case HOST, OBJECT_NAME -> matching("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$");
      case ADDRESS, CERTIFICATE_FILE, DIRECTORY -> type("string").put("minLength", 1);
      case TAGS -> type("object").set("additionalProperties", type("string"));
      case CREDENTIALS -> listOf(credential());
      case RULES -> listOf(rule());
    };
  }

  private static ObjectNode credential() {
    var guid = matching("^" + AzureSpec.GUID + "$");
    var credential = closed();
    var properties = credential.withObject("/properties");
    properties.set("subscriptions", listOf(guid).put("minItems", 1));
    properties.set("tenantId", guid);
    properties.set("clientId", guid);
    return require(credential, "subscriptions", "tenantId", "clientId");
  }

  private static ObjectNode rule() {
    var rule = closed();
    var properties = rule.withObject("/properties");
    properties.set("name", type("string").put("minLength", 1));
    properties.set("namespaces", selector());
    Arrays.stream(GuardrailRule.class.getRecordComponents())
        .filter(component -> component.getType() == List.class)
        .forEach(list -> properties.set(list.getName(), listOf(type("string"))));
    return require(rule, "name", "namespaces");
  }

  private static ObjectNode selector() {
    var expression = closed();
    expression.withObject("/properties").set("key", type("string"));
    expression
        .withObject("/properties")
        .set("operator", oneOf("In", "NotIn", "Exists", "DoesNotExist"));
    expression.withObject("/properties").set("values", listOf(type("string")));
    var selector = closed();
    ObjectNode labels = type("object").set("additionalProperties", type("string"));
    selector.withObject("/properties").set("matchLabels", labels);
    selector
        .withObject("/properties")
        .set("matchExpressions", listOf(require(expression, "key", "operator")));
    return selector;
  }

  private static ObjectNode require(ObjectNode object, String... keys) {
    var required = object.putArray("required");
    Stream.of(keys).forEach(required::add);
    return object;
  }

  private static ObjectNode closed() {
    return type("object").put("additionalProperties", false);
  }

  private static ObjectNode listOf(ObjectNode items) {
    return type("array").set("items", items);
  }

  private static ObjectNode matching(String pattern) {
    return type("string").put("pattern", pattern);
  }

  private static ObjectNode oneOf(String... words) {
    var schema = JSON.createObjectNode();
    Stream.of(words).forEach(schema.putArray("enum")::add);
    return schema;
  }

  private static ObjectNode type(String type) {
    return JSON.createObjectNode().put("type", type);
  }
}
