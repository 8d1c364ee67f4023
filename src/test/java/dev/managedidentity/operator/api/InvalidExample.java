package dev.managedidentity.operator.api;

import java.util.regex.Pattern;

/**
 * A file that the API server must refuse.
 *
 * @param field which field the API server must name
 * @param expectation what it must say
 */
record InvalidExample(ExampleFile file, String kind, String field, String expectation) {
  private static final Pattern HEADER =
      Pattern.compile("# field: (?<field>\\S+)\n# expect: (?<expectation>.+)\n");

  /** Reads the two comments at the head of the file. */
  static InvalidExample of(ExampleFile file) {
    var header = HEADER.matcher(file.text());
    if (!header.lookingAt()) {
      throw new IllegalStateException(
          file + " must start with the two lines `# field: <path>` and `# expect: <message>`");
    }
    var kind = file.documents().getFirst().getKind();
    return new InvalidExample(file, kind, header.group("field"), header.group("expectation"));
  }
}
