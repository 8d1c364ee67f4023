package dev.managedidentity.operator.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One key of the configuration, as the component of a settings record declares it. */
public record PropertyDefinition(
    String key, Syntax syntax, Optional<String> fallback, boolean isRequired, String description) {
  /** What every environment variable of the configuration begins with. */
  public static final String VARIABLE_PREFIX = "MIO_";

  /** Every key, in the order of the records. */
  public static List<PropertyDefinition> all() {
    var all = new ArrayList<PropertyDefinition>();
    collect(Settings.class, "", all);
    return List.copyOf(all);
  }

  /** The environment variable that overrides the key. */
  public String variable() {
    var words = key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_');
    return VARIABLE_PREFIX + words.toUpperCase(Locale.ROOT);
  }

  private static void collect(Class<?> type, String prefix, List<PropertyDefinition> all) {
    for (var component : type.getRecordComponents()) {
      var key = prefix + component.getName();
      var property = component.getAnnotation(Property.class);
      if (property == null) {
        collect(component.getType(), key + ".", all);
      } else {
        var fallback = Optional.of(property.fallback()).filter(text -> !text.isEmpty());
        var isNullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        all.add(
            new PropertyDefinition(
                key,
                property.syntax(),
                fallback,
                fallback.isEmpty() && !isNullable,
                property.description()));
      }
    }
  }
}
