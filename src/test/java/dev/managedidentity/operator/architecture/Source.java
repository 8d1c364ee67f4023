package dev.managedidentity.operator.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One Java file of the repository. */
record Source(Path path, String text) {
  static final String MAIN = "src/main/java";
  static final String DEVELOPMENT = "src/dev/java";
  static final String TEST = "src/test/java";

  /** Every Java file below these folders. */
  static List<Source> below(String... roots) {
    return Arrays.stream(roots).map(Path::of).flatMap(Source::files).map(Source::read).toList();
  }

  /** Name of the file without its folder. */
  String name() {
    return String.valueOf(path.getFileName());
  }

  long lines() {
    return text.lines().count();
  }

  boolean isPackageInfo() {
    return name().equals("package-info.java");
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private static Stream<Path> files(Path root) {
    try (var files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source read(Path path) {
    try {
      return new Source(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
