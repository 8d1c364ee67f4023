package dev.managedidentity.operator.azure.arm;

import com.azure.json.JsonProviders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as Azure sent it, for what the SDK's models leave out; it says what it lacks.
 *
 * @param fields by name, as the SDK reads JSON without a model
 */
record ArmObject(Map<?, ?> fields) {
  static ArmObject parse(String body) throws IOException {
    try (var reader = JsonProviders.createReader(body)) {
      if (reader.readUntyped() instanceof Map<?, ?> fields) {
        return new ArmObject(fields);
      }
    } catch (IllegalStateException e) {
      throw new IOException("a body that is not as documented: " + e.getMessage(), e);
    }
    throw new IOException("a body that is no object");
  }

  /** The text of this name; null when there is none. */
  @Nullable String text(String name) {
    return fields.get(name) instanceof String text && !text.isEmpty() ? text : null;
  }

  /** The text of this name, without which the object is of no use. */
  String required(String name) throws IOException {
    var text = text(name);
    if (text == null) {
      throw new IOException("an object without " + name);
    }
    return text;
  }

  /** The object of this name; an empty one when there is none. */
  ArmObject object(String name) {
    return new ArmObject(fields.get(name) instanceof Map<?, ?> object ? object : Map.of());
  }

  /** Names of all fields. */
  Set<String> names() {
    return fields.keySet().stream().map(String::valueOf).collect(Collectors.toSet());
  }

  /** All fields that are texts. */
  Map<String, String> texts() {
    var texts = new TreeMap<String, String>();
    fields.forEach(
        (name, value) -> {
          if (value instanceof String text) {
            texts.put(String.valueOf(name), text);
          }
        });
    return texts;
  }

  /** The texts in the array of this name; none when there is no array. */
  List<String> texts(String name) {
    return fields.get(name) instanceof List<?> array
        ? array.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  /** The objects in the array of this name, which must be there and hold nothing else. */
  List<ArmObject> objects(String name) throws IOException {
    if (!(fields.get(name) instanceof List<?> array)) {
      throw new IOException("a list without " + name);
    }
    var objects = new ArrayList<ArmObject>();
    for (var element : array) {
      if (!(element instanceof Map<?, ?> object)) {
        throw new IOException("a list of something else than objects");
      }
      objects.add(new ArmObject(object));
    }
    return objects;
  }
}
