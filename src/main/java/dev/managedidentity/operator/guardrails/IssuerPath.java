package dev.managedidentity.operator.guardrails;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parts of an issuer between its slashes, letter by letter, for so Entra compares issuers. */
record IssuerPath(List<String> parts) {
  /** No user before the host, no query, nothing that two readers could understand differently. */
  private static final Pattern FORM =
      Pattern.compile("https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/" + ResourcePath.PART + ")*/?");

  private static final String EVERY_ISSUER = "*";

  IssuerPath {
    parts = List.copyOf(parts);
  }

  /** The path of an issuer; none when it cannot be read with certainty. */
  static Optional<IssuerPath> parse(String issuer) {
    return FORM.matcher(issuer).matches() ? Optional.of(of(issuer)) : Optional.empty();
  }

  private static IssuerPath of(String text) {
    return new IssuerPath(List.of(text.split("/", -1)));
  }

  /** Whether an entry of a rule allows this issuer: part by part, and no further than it goes. */
  boolean isAllowedBy(String entry) {
    if (entry.equals(EVERY_ISSUER)) {
      return true;
    }
    var patterns = of(entry).parts();
    if (patterns.size() != parts.size()) {
      return false;
    }
    for (var index = 0; index < parts.size(); index++) {
      if (!TextPattern.covers(patterns.get(index), parts.get(index))) {
        return false;
      }
    }
    return true;
  }
}
