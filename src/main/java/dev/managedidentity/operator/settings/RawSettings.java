package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one source says, key by key, before the values are judged, and what it says that is no key.
 *
 * @param isReadable false when the source could not be read, so that nothing is known of its keys
 */
record RawSettings(Map<String, Value> values, List<SettingError> errors, boolean isReadable) {
  /**
   * A value and where it stands, for people.
   *
   * @param source as an addition to the key; empty when the key says it all
   */
  record Value(String key, String source, JsonNode node) {
    /** The value, or a place below it such as {@code [1].name}. */
    String place(String below) {
      return key + below + source;
    }
  }

  /** A source that is not there. */
  static final RawSettings NONE = new RawSettings(Map.of(), List.of(), true);

  RawSettings {
    values = Map.copyOf(values);
    errors = List.copyOf(errors);
  }

  /** A source that could not be read at all. */
  static RawSettings unreadable(SettingError error) {
    return new RawSettings(Map.of(), List.of(error), false);
  }

  /** Both together, where they differ as {@code stronger} says. */
  RawSettings overriddenBy(RawSettings stronger) {
    var merged = new HashMap<>(values);
    merged.putAll(stronger.values);
    var all = new ArrayList<>(errors);
    all.addAll(stronger.errors);
    return new RawSettings(merged, all, isReadable && stronger.isReadable);
  }

  /** Whether a value is given for the key, or for one below it. */
  boolean mentions(String key) {
    return values.keySet().stream()
        .anyMatch(other -> other.equals(key) || other.startsWith(key + "."));
  }
}
