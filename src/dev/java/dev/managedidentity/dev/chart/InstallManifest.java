package dev.managedidentity.dev.chart;

import dev.managedidentity.dev.tools.Tool;
import java.nio.file.Path;

/** What the chart makes of its defaults, for those who apply it without Helm. */
public final class InstallManifest {
  /** Where it is kept. */
  public static final Path FILE = Path.of("deploy", "install.yaml");

  private static final Path VALUES =
      Path.of("src/dev/resources/dev/managedidentity/dev/chart/install.values.yaml");

  /** Name of the release, and of the namespace. */
  private static final String NAME = "managed-identity-operator";

  private static final String HEADER =
      """
      # Generated from the Helm chart by `make install-yaml`. Apply it with
      #   kubectl apply --server-side -f deploy/install.yaml
      apiVersion: v1
      kind: Namespace
      metadata:
        name: %s
        labels:
          pod-security.kubernetes.io/enforce: restricted
      """
          .formatted(NAME);

  private InstallManifest() {}

  /** Its text, rendered by this Helm. */
  public static String text(Tool helm) {
    var rendered =
        helm.answer(
            "template",
            "--skip-tests",
            NAME,
            ChartFile.CHART.toString(),
            "--namespace",
            NAME,
            "--values",
            VALUES.toString());
    return HEADER + rendered;
  }
}
