package dev.managedidentity.dev.chart;

import dev.managedidentity.dev.build.GeneratedFile;
import dev.managedidentity.dev.tools.Tools;

/** Writes the generated files of the chart, and then the manifest that Helm makes of it. */
public final class ChartMain {
  private ChartMain() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    ChartFile.all().forEach(GeneratedFile::write);
    var manifest = InstallManifest.text(Tools.pinned().helm());
    new GeneratedFile(InstallManifest.FILE, manifest).write();
  }
}
