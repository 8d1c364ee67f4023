package dev.managedidentity.dev.build;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * google-java-format over every source root. A library call instead of a Maven plugin, because a
 * plugin runs on Maven's own JDK, which may be older than the language of these sources.
 */
public final class SourceFormat {
  private SourceFormat() {}

  /** Rewrites every file below {@code src} that is not formatted. */
  public static void main(String[] arguments) throws IOException {
    for (var file : unformatted(Path.of("src"))) {
      Files.writeString(file, formatted(file));
    }
  }

  /** The Java files below {@code root} that differ from their formatted form. */
  public static List<Path> unformatted(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !formatted(file).equals(read(file)))
          .sorted()
          .toList();
    }
  }

  private static String formatted(Path file) {
    var options = JavaFormatterOptions.defaultOptions();
    try {
      var ordered =
          ImportOrderer.reorderImports(
              RemoveUnusedImports.removeUnusedImports(read(file)), options.style());
      return StringWrapper.wrap(
          new Formatter(options).formatSource(ordered), new Formatter(options));
    } catch (FormatterException e) {
      throw new IllegalStateException(file + " does not parse: " + e.getMessage(), e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
