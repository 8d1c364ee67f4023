package dev.managedidentity.dev.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A page of docs/reference, generated from the code that it describes. */
public record ReferencePage(String file, String markdown) {
  private static final Path FOLDER = Path.of("docs", "reference");

  /** Every generated page. */
  public static List<ReferencePage> all() {
    return List.of(
        ApiReference.page(),
        ConfigurationReference.page(),
        ConditionReference.page(),
        MetricReference.page(),
        RightsReference.page());
  }

  /** Writes every page below the working directory. */
  public static void main(String[] arguments) throws IOException {
    Files.createDirectories(FOLDER);
    for (var page : all()) {
      Files.writeString(page.path(), page.markdown());
    }
  }

  /** Where the page is kept. */
  public Path path() {
    return FOLDER.resolve(file);
  }

  /** The page as it is kept; empty when there is none. */
  public String kept() throws IOException {
    try {
      return Files.readString(path());
    } catch (NoSuchFileException _) {
      return "";
    }
  }

  @Override
  public String toString() {
    return path().toString();
  }
}
