package dev.managedidentity.dev.build;

import java.nio.file.Path;
import java.util.List;

/** The pages of docs/reference, generated from what they describe. */
public final class ReferencePage {
  private static final Path FOLDER = Path.of("docs", "reference");

  private ReferencePage() {}

  /** Every generated page. */
  public static List<GeneratedFile> all() {
    return List.of(
        ApiReference.page(),
        ConfigurationReference.page(),
        ConditionReference.page(),
        DependencyReference.page(),
        MetricReference.page(),
        RightsReference.page());
  }

  /** Writes every page below the working directory. */
  public static void main(String[] arguments) {
    all().forEach(GeneratedFile::write);
  }

  static GeneratedFile of(String name, String markdown) {
    return new GeneratedFile(FOLDER.resolve(name), markdown);
  }
}
