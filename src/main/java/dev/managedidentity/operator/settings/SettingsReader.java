package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes {@link Settings} of a file and the environment, or says everything that is wrong. */
public final class SettingsReader {
  private static final String CLOUD = "azure.cloud";
  private static final String CUSTOM_CLOUD = "azure.custom";

  private final RawSettings raw;
  private final List<PropertyDefinition> properties;
  private final Map<String, Object> values = new HashMap<>();
  private final List<SettingError> errors = new ArrayList<>();

  private SettingsReader(RawSettings raw, List<PropertyDefinition> properties) {
    this.raw = raw;
    this.properties = properties;
  }

  /**
   * The settings: defaults, overridden by the file, overridden by the environment.
   *
   * @throws InvalidSettingsException when anything is wrong; it lists every error
   */
  public static Settings read(Optional<Path> file, Map<String, String> environment) {
    var properties = PropertyDefinition.all();
    var raw =
        file.map(path -> SettingsFile.read(path, properties))
            .orElse(RawSettings.NONE)
            .overriddenBy(SettingsEnvironment.read(environment, properties));
    return new SettingsReader(raw, properties).settings();
  }

  private Settings settings() {
    errors.addAll(raw.errors());
    properties.forEach(this::parse);
    if (raw.isReadable() && values.get(CLOUD) instanceof CloudName cloud) {
      checkCustomCloud(cloud);
    }
    if (!errors.isEmpty()) {
      throw new InvalidSettingsException(errors);
    }
    return RecordBinder.bind(Settings.class, values, raw::mentions);
  }

  private void parse(PropertyDefinition property) {
    var fallback =
        property
            .fallback()
            .map(text -> new RawSettings.Value(property.key(), "", TextNode.valueOf(text)));
    Optional.ofNullable(raw.values().get(property.key()))
        .or(() -> fallback)
        .ifPresent(value -> parse(property, value));
  }

  private void parse(PropertyDefinition property, RawSettings.Value value) {
    try {
      values.put(property.key(), property.syntax().parse(value.node()));
    } catch (InvalidValueException e) {
      var allowed = "It must be %s.".formatted(property.syntax().allowed());
      for (var fault : e.faults()) {
        errors.add(
            new SettingError(
                value.place(fault.below()),
                fault.wrong(),
                fault.allowed().isEmpty() ? allowed : fault.allowed()));
      }
    }
  }

  /** Only the custom cloud has required keys, and it has all of them. */
  private void checkCustomCloud(CloudName cloud) {
    if (cloud == CloudName.CUSTOM) {
      properties.stream()
          .filter(PropertyDefinition::isRequired)
          .filter(property -> !raw.mentions(property.key()))
          .map(property -> missing(property))
          .forEach(errors::add);
    } else if (raw.mentions(CUSTOM_CLOUD)) {
      errors.add(
          new SettingError(
              CUSTOM_CLOUD,
              "is given but %s is %s".formatted(CLOUD, cloud),
              "Remove it, or set %s: %s.".formatted(CLOUD, CloudName.CUSTOM)));
    }
  }

  private static SettingError missing(PropertyDefinition property) {
    return new SettingError(
        property.key(),
        "is missing",
        "With %s: %s it must be %s."
            .formatted(CLOUD, CloudName.CUSTOM, property.syntax().allowed()));
  }
}
