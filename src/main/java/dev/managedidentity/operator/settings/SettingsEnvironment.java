package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Environment variables as a source of settings: one for each key. An empty one is not there. */
public final class SettingsEnvironment {
  /** The variable that names the configuration file. */
  public static final String FILE = "MANAGED_IDENTITY_OPERATOR_CONFIG";

  /** The variable with the level of the log, which log4j2.xml reads: logging starts before us. */
  public static final String LOG_LEVEL = PropertyDefinition.VARIABLE_PREFIX + "LOG_LEVEL";

  /** What the level of the log can be. */
  public static final List<String> LOG_LEVELS = List.of("error", "warn", "info", "debug", "trace");

  private SettingsEnvironment() {}

  static RawSettings read(Map<String, String> environment, List<PropertyDefinition> properties) {
    var known =
        properties.stream()
            .collect(Collectors.toMap(PropertyDefinition::variable, Function.identity()));
    var values = new HashMap<String, RawSettings.Value>();
    var errors = new ArrayList<SettingError>();
    for (var variable : ours(environment).entrySet()) {
      var name = variable.getKey();
      var property = known.get(name);
      if (property != null) {
        var source = " (environment variable %s)".formatted(name);
        values.put(
            property.key(),
            new RawSettings.Value(property.key(), source, TextNode.valueOf(variable.getValue())));
      } else if (name.equals(LOG_LEVEL)) {
        checkLogLevel(variable.getValue(), errors);
      } else {
        errors.add(unknown(name, known.keySet()));
      }
    }
    return new RawSettings(values, errors, true);
  }

  private static Map<String, String> ours(Map<String, String> environment) {
    var ours = new TreeMap<>(environment);
    ours.keySet().removeIf(name -> !name.startsWith(PropertyDefinition.VARIABLE_PREFIX));
    ours.values().removeIf(String::isEmpty);
    return ours;
  }

  private static void checkLogLevel(String level, List<SettingError> errors) {
    if (!LOG_LEVELS.contains(level)) {
      errors.add(
          new SettingError(
              "The environment variable " + LOG_LEVEL,
              "is \"%s\"".formatted(level),
              "It must be one of %s.".formatted(String.join(", ", LOG_LEVELS))));
    }
  }

  private static SettingError unknown(String name, Set<String> known) {
    var advice =
        Suggestion.nearest(name, known)
            .map("Did you mean %s?"::formatted)
            .orElse("docs/reference/configuration.md lists those that are.");
    return new SettingError(
        "The environment variable " + name, "is not one of the operator's", advice);
  }
}
