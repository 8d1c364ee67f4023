package dev.managedidentity.dev.chart;

import dev.managedidentity.dev.build.CrdGenerator;
import dev.managedidentity.dev.build.GeneratedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The generated files of the Helm chart. */
public final class ChartFile {
  /** Where the chart is kept. */
  public static final Path CHART = Path.of("helm", "managed-identity-operator");

  private ChartFile() {}

  /** Every one of them. */
  public static List<GeneratedFile> all() {
    var values = read(CHART.resolve("values.yaml"));
    var files = new ArrayList<GeneratedFile>();
    files.add(of("templates/_rights.tpl", RightsTemplate.text()));
    files.add(of("values.schema.json", ValuesSchema.text(values)));
    files.add(of("README.md", ValuesPage.text(values)));
    files.add(of("files/dashboard.json", Dashboard.text()));
    CrdGenerator.files().forEach((name, text) -> files.add(of("files/crds/" + name, text)));
    return files;
  }

  private static GeneratedFile of(String file, String text) {
    return new GeneratedFile(CHART.resolve(file), text);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
