package dev.managedidentity.dev.chart;

import dev.managedidentity.dev.build.CrdGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A generated file of the Helm chart.
 *
 * @param path below the root of the repository
 * @param text its content
 */
public record ChartFile(Path path, String text) {
  /** Where the chart is kept. */
  public static final Path CHART = Path.of("helm", "managed-identity-operator");

  /** Every generated file of the chart. */
  public static List<ChartFile> all() {
    var values = read(CHART.resolve("values.yaml"));
    var files = new ArrayList<ChartFile>();
    files.add(new ChartFile(CHART.resolve("templates/_rights.tpl"), RightsTemplate.text()));
    files.add(new ChartFile(CHART.resolve("values.schema.json"), ValuesSchema.text(values)));
    files.add(new ChartFile(CHART.resolve("README.md"), ValuesPage.text(values)));
    files.add(new ChartFile(CHART.resolve("files/dashboard.json"), Dashboard.text()));
    CrdGenerator.files()
        .forEach(
            (name, text) ->
                files.add(new ChartFile(CHART.resolve("files/crds").resolve(name), text)));
    return files;
  }

  /** The file as it is kept; empty when there is none. */
  public String kept() throws IOException {
    try {
      return Files.readString(path);
    } catch (NoSuchFileException _) {
      return "";
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
