package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.http.Json;
import java.util.Map;
import java.util.regex.Pattern;

/** Azure's rules for tags: at most 50, names to 512 characters, values to 256. */
final class Tags {
  private static final int MOST = 50;
  private static final int LONGEST_NAME = 512;
  private static final int LONGEST_VALUE = 256;
  private static final Pattern RESERVED = Pattern.compile("[<>%&\\\\?/\\p{Cntrl}]");

  private Tags() {}

  /** The tags of a body, checked; none when it has no such field. */
  static Map<String, String> of(JsonNode body) {
    var node = body.path("tags");
    if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
      throw new ArmRefusal(GatewayErrors.unreadableBody("The tags are not an object of texts."));
    }
    var tags = Json.map(body, "tags");
    if (tags.size() > MOST) {
      throw new ArmRefusal(ArmErrors.tooManyTags(tags.size(), MOST));
    }
    tags.forEach(Tags::check);
    return tags;
  }

  private static void check(String name, String value) {
    if (RESERVED.matcher(name).find()) {
      throw new ArmRefusal(ArmErrors.tagNameCharacters(name));
    }
    if (name.length() > LONGEST_NAME) {
      throw new ArmRefusal(ArmErrors.tagNameLength(name, LONGEST_NAME));
    }
    if (value.length() > LONGEST_VALUE) {
      throw new ArmRefusal(ArmErrors.tagValueLength(value, LONGEST_VALUE));
    }
  }
}
