package dev.managedidentity.operator.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A file of {@code examples/}, with what its comments say that it leads to. */
record Example(Path file) {
  static final Path FOLDER = Path.of("examples");

  private static final Pattern PROMISE =
      Pattern.compile("(?m)^# Reaches: (\\S+) ([^\\s/]+)/(\\S+) (\\S+)$");

  /** That a resource gets this reason in its condition Ready. */
  record Promise(String kind, String namespace, String name, String reason) {}

  /** All that can be applied, by name. */
  static List<Example> all() {
    try (var files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("values.yaml"))
          .sorted()
          .map(Example::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Promise> promises() {
    return PROMISE
        .matcher(text())
        .results()
        .map(match -> new Promise(match.group(1), match.group(2), match.group(3), match.group(4)))
        .toList();
  }

  /** Whether it has resources of ours, and so something to promise. */
  boolean isOurs() {
    return text().contains("managedidentity.dev/v1alpha1");
  }

  String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return FOLDER.relativize(file).toString();
  }
}
