package dev.managedidentity.operator.settings;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Builds the settings records from parsed values by key. */
final class RecordBinder {
  private final Map<String, Object> values;
  private final Predicate<String> isGiven;

  private RecordBinder(Map<String, Object> values, Predicate<String> isGiven) {
    this.values = values;
    this.isGiven = isGiven;
  }

  /** A record whose nested records may be null only where nothing below them is given. */
  static <R extends Record> R bind(
      Class<R> type, Map<String, Object> values, Predicate<String> isGiven) {
    return type.cast(new RecordBinder(values, isGiven).build(type, ""));
  }

  private Object build(Class<?> type, String prefix) {
    var components = type.getRecordComponents();
    var arguments =
        Arrays.stream(components).map(component -> argument(component, prefix)).toArray();
    var parameters =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(parameters).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be built of " + values, e);
    }
  }

  private @Nullable Object argument(RecordComponent component, String prefix) {
    var key = prefix + component.getName();
    if (component.isAnnotationPresent(Property.class)) {
      return values.get(key);
    }
    var isOptional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return isOptional && !isGiven.test(key) ? null : build(component.getType(), key + ".");
  }
}
