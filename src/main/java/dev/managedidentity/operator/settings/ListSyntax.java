package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.operator.settings.InvalidValueException.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Texts of which none occurs twice: a list in the file, a JSON list in the environment. */
final class ListSyntax {
  private ListSyntax() {}

  /** What one of them must be. */
  @FunctionalInterface
  interface Item {
    String parse(JsonNode node) throws InvalidValueException;
  }

  static List<String> parse(JsonNode node, Item item) throws InvalidValueException {
    var list = node.isTextual() ? YamlText.parse(node.textValue()) : node;
    if (!list.isArray()) {
      throw new InvalidValueException("is not a list");
    }
    var faults = new ArrayList<Fault>();
    var texts = new LinkedHashSet<String>();
    for (var index = 0; index < list.size(); index++) {
      try {
        if (!texts.add(item.parse(list.get(index)))) {
          throw new InvalidValueException("is there already");
        }
      } catch (InvalidValueException e) {
        faults.add(new Fault("[%d]".formatted(index), e.wrong(), ""));
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidValueException(faults);
    }
    return List.copyOf(texts);
  }
}
