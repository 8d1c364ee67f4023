package dev.managedidentity.dev.chart;

import dev.managedidentity.dev.tools.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the generated files of the chart, and then the manifest that Helm makes of it. */
public final class ChartMain {
  private ChartMain() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    for (var file : ChartFile.all()) {
      write(file.path(), file.text());
    }
    write(InstallManifest.FILE, InstallManifest.text(Tools.pinned().helm()));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
  }
}
