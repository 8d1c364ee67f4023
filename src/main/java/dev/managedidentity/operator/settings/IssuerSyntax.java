package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.operator.settings.InvalidValueException.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Issuers: a list in the file, a JSON list in the environment. */
final class IssuerSyntax {
  private IssuerSyntax() {}

  static List<String> parse(JsonNode node) throws InvalidValueException {
    var list = node.isTextual() ? YamlText.parse(node.textValue()) : node;
    if (!list.isArray()) {
      throw new InvalidValueException("is not a list");
    }
    var faults = new ArrayList<Fault>();
    var issuers = new LinkedHashSet<String>();
    for (var index = 0; index < list.size(); index++) {
      try {
        if (!issuers.add(UrlSyntax.issuer(list.get(index)))) {
          throw new InvalidValueException("is there already");
        }
      } catch (InvalidValueException e) {
        faults.add(new Fault("[%d]".formatted(index), e.wrong(), ""));
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidValueException(faults);
    }
    return List.copyOf(issuers);
  }
}
