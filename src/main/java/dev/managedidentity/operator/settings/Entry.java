package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.operator.settings.InvalidValueException.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One mapping inside a value that is a list, read key by key. What is wrong is collected, and what
 * is wrong anywhere makes the whole list invalid; a reader goes on with what it has.
 */
final class Entry {
  private final JsonNode mapping;
  private final String path;
  private final List<Fault> faults;
  private String whose = "";

  private Entry(JsonNode mapping, String path, List<Fault> faults) {
    this.mapping = mapping;
    this.path = path;
    this.faults = faults;
  }

  /** What a reading makes of the mappings of a list, which is YAML text in the environment. */
  static <T> List<T> list(JsonNode node, Function<Entry, Optional<T>> reading)
      throws InvalidValueException {
    var list = node.isTextual() ? YamlText.parse(node.textValue()) : node;
    if (!list.isArray()) {
      throw new InvalidValueException("is not a list");
    }
    var faults = new ArrayList<Fault>();
    var read = new ArrayList<T>();
    for (var index = 0; index < list.size(); index++) {
      var entry = new Entry(list.get(index), "[%d]".formatted(index), faults);
      if (entry.isMapping()) {
        reading.apply(entry).ifPresent(read::add);
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidValueException(faults);
    }
    return List.copyOf(read);
  }

  /** Lets errors say whose they are, such as "rule shop". */
  void belongsTo(String owner) {
    whose = " of " + owner;
  }

  /** Whether nothing was wrong so far, here or in another entry. */
  boolean isSound() {
    return faults.isEmpty();
  }

  boolean has(String key) {
    return mapping.hasNonNull(key);
  }

  boolean isEmptyList(String key) {
    return mapping.path(key).isArray() && mapping.path(key).isEmpty();
  }

  /** Whether there is something under the key, right or wrong. */
  boolean isFilled(String key) {
    return has(key) && !isEmptyList(key);
  }

  /** Complains about every other key. */
  void knows(List<String> keys) {
    for (var entry : mapping.properties()) {
      if (!keys.contains(entry.getKey())) {
        var advice =
            Suggestion.nearest(entry.getKey(), keys)
                .map("Did you mean %s?"::formatted)
                .orElseGet(() -> "Keys here are %s.".formatted(String.join(", ", keys)));
        wrong("." + entry.getKey(), "is not a key", advice);
      }
    }
  }

  /** A text that must be there and valid; empty when it is not. */
  Optional<String> text(String key, Predicate<String> isValid, String allowed) {
    if (!has(key)) {
      wrong("." + key, "is missing", "It must be %s.".formatted(allowed));
      return Optional.empty();
    }
    return text(mapping.path(key), "." + key, isValid, allowed);
  }

  /** The valid texts of a list; empty when the key is absent. */
  List<String> texts(String key, Predicate<String> isValid, String allowed) {
    return elements(key, "It must be a list, each of it %s.".formatted(allowed)).stream()
        .flatMap(element -> element.text(isValid, allowed).stream())
        .toList();
  }

  /** The mappings of a list. */
  List<Entry> mappings(String key) {
    return elements(key, "It must be a list of mappings.").stream()
        .filter(Entry::isMapping)
        .toList();
  }

  /** A mapping; empty, after a complaint, when the key is absent or something else. */
  Optional<Entry> mapping(String key, String allowed) {
    if (!has(key)) {
      wrong("." + key, "is missing", "It must be %s.".formatted(allowed));
      return Optional.empty();
    }
    return Optional.of(below(mapping.path(key), "." + key)).filter(Entry::isMapping);
  }

  /** The labels of a mapping; an absent one is empty. */
  Map<String, String> labels(
      String key,
      Predicate<String> isName,
      String names,
      Predicate<String> isValue,
      String values) {
    var labels = new TreeMap<String, String>();
    if (has(key)) {
      mapping(key, "a mapping of labels to their values").stream()
          .flatMap(entry -> entry.mapping.properties().stream())
          .forEach(
              label -> {
                var name = label.getKey();
                if (!isName.test(name)) {
                  wrong(
                      "." + key, "has the key \"%s\"".formatted(name), "It must be " + names + ".");
                }
                text(label.getValue(), ".%s.%s".formatted(key, name), isValue, values)
                    .ifPresent(value -> labels.put(name, value));
              });
    }
    return labels;
  }

  void wrong(String below, String wrong, String allowed) {
    faults.add(new Fault(path + below + whose, wrong, allowed));
  }

  private Optional<String> text(Predicate<String> isValid, String allowed) {
    return text(mapping, "", isValid, allowed);
  }

  private Optional<String> text(
      JsonNode node, String below, Predicate<String> isValid, String allowed) {
    try {
      var text = TextSyntax.text(node);
      if (isValid.test(text)) {
        return Optional.of(text);
      }
      wrong(below, "is \"%s\"".formatted(text), "It must be %s.".formatted(allowed));
    } catch (InvalidValueException e) {
      wrong(below, e.wrong(), "It must be %s.".formatted(allowed));
    }
    return Optional.empty();
  }

  private List<Entry> elements(String key, String advice) {
    if (!has(key)) {
      return List.of();
    }
    var list = mapping.path(key);
    if (!list.isArray()) {
      wrong("." + key, "is not a list", advice);
      return List.of();
    }
    var elements = new ArrayList<Entry>();
    for (var index = 0; index < list.size(); index++) {
      elements.add(below(list.get(index), ".%s[%d]".formatted(key, index)));
    }
    return elements;
  }

  private Entry below(JsonNode node, String below) {
    var entry = new Entry(node, path + below, faults);
    entry.whose = whose;
    return entry;
  }

  private boolean isMapping() {
    if (!mapping.isObject()) {
      wrong("", "is not a mapping", "It must be a mapping of keys to values.");
    }
    return mapping.isObject();
  }
}
