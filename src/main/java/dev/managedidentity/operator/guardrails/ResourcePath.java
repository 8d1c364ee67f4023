package dev.managedidentity.operator.guardrails;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parts of a resource id in canonical form: equal for equal resources. */
record ResourcePath(List<String> parts) {
  /** Part of a resource id: nothing that a URL or a file system would read as something else. */
  static final String PART = "(?![.]+(?:/|$))[^/?#%&<>\\\\\\s\\p{C}\\p{Z}]+";

  private static final Pattern ONE_PART = Pattern.compile(PART);
  private static final Pattern FORM = Pattern.compile("(?:/" + PART + ")+");

  ResourcePath {
    parts = List.copyOf(parts);
  }

  /** The path of an id; none when an empty part, a dot part or a strange letter is in it. */
  static Optional<ResourcePath> parse(String id) {
    var folded = TextPattern.fold(id);
    return FORM.matcher(folded).matches()
        ? Optional.of(new ResourcePath(List.of(folded.substring(1).split("/", -1))))
        : Optional.empty();
  }

  /** Whether a text can be one part of an id, and so does not make it another resource's. */
  static boolean isPart(String text) {
    return ONE_PART.matcher(TextPattern.fold(text)).matches();
  }
}
