package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The YAML file as a source of settings: a tree whose leaves are the keys. */
final class SettingsFile {
  private final List<String> keys;
  private final Map<String, RawSettings.Value> values = new HashMap<>();
  private final List<SettingError> errors = new ArrayList<>();

  private SettingsFile(List<PropertyDefinition> properties) {
    keys = properties.stream().map(PropertyDefinition::key).toList();
  }

  static RawSettings read(Path path, List<PropertyDefinition> properties) {
    var place = "The configuration file " + path;
    try {
      var file = new SettingsFile(properties);
      var root = YamlText.parse(Files.readString(path));
      if (!root.isObject()) {
        var allowed = "It must be a mapping with the keys %s.".formatted(file.namesBelow(""));
        return RawSettings.unreadable(new SettingError(place, "is not a mapping", allowed));
      }
      file.addMapping("", root);
      return new RawSettings(file.values, file.errors, true);
    } catch (NoSuchFileException e) {
      return RawSettings.unreadable(
          new SettingError(place, "does not exist", "Correct the path, or mount the file there."));
    } catch (IOException e) {
      return RawSettings.unreadable(
          new SettingError(place, "cannot be read", "It must be a readable text file in UTF-8."));
    } catch (InvalidValueException e) {
      return RawSettings.unreadable(new SettingError(place, e.wrong(), "Correct the file."));
    }
  }

  private void addMapping(String prefix, JsonNode mapping) {
    for (var entry : mapping.properties()) {
      var key = prefix + entry.getKey();
      var node = entry.getValue();
      if (keys.contains(key)) {
        if (!node.isNull()) {
          values.put(key, new RawSettings.Value(key, "", node));
        }
      } else if (keys.stream().anyMatch(known -> known.startsWith(key + "."))) {
        addGroup(key, node);
      } else {
        errors.add(new SettingError(key, "is not a key", advice(prefix, key)));
      }
    }
  }

  private void addGroup(String key, JsonNode node) {
    if (node.isObject()) {
      addMapping(key + ".", node);
    } else if (!node.isNull()) {
      var allowed = "It must be a mapping with the keys %s.".formatted(namesBelow(key + "."));
      errors.add(new SettingError(key, "is not a mapping", allowed));
    }
  }

  private String advice(String prefix, String key) {
    return Suggestion.nearest(key, keys)
        .map("Did you mean %s?"::formatted)
        .orElseGet(() -> "Keys here are %s.".formatted(namesBelow(prefix)));
  }

  private String namesBelow(String prefix) {
    return keys.stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()).split("\\.", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(", "));
  }
}
