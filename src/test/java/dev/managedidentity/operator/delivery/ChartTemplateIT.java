package dev.managedidentity.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.chart.InstallManifest;
import dev.managedidentity.dev.tools.Tools;
import dev.managedidentity.operator.golden.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart becomes, and what it refuses. */
class ChartTemplateIT {
  private final Chart chart = Chart.offline();

  static List<Scenario> values() {
    return Scenario.of("chart");
  }

  @ParameterizedTest
  @MethodSource("values")
  void becomes(Scenario scenario) {
    var outcome = chart.template(scenario.read("in-values.yaml"));

    assertThat(outcome.errors()).isEmpty();
    scenario.checkText(outcome.output());
  }

  @Test
  void isWhatHelmExpectsOfAChart() {
    assertThat(Tools.pinned().helm().answer("lint", Chart.FOLDER, "--strict"))
        .contains("0 chart(s) failed");
  }

  @Test
  void theManifestIsWhatTheChartBecomes() throws IOException {
    assertThat(Files.readString(InstallManifest.FILE))
        .as("%s differs from the chart: run `make install-yaml`", InstallManifest.FILE)
        .isEqualTo(InstallManifest.text(Tools.pinned().helm()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "replicaz: 3 | additional properties 'replicaz' not allowed",
        "replicas: 0 | at '/replicas': minimum: got 0, want 1",
        "replicas: two | at '/replicas': got string, want integer",
        "logLevel: loud | value must be one of 'error', 'warn', 'info', 'debug', 'trace'",
        "azure: {subscriptionId: mine} | at '/azure/subscriptionId': 'mine' does not match",
        "azure: {audiences: []} | at '/azure/audiences': minItems",
        "config: {inventory: {identitys: 1m}} | additional properties 'identitys' not allowed",
        "config: {inventory: {identities: 60}} | '/config/inventory/identities': got number",
        "guardrails: {rules: [{name: shop}]} | missing property 'namespaces'",
        "guardrails: {rules: [{name: a, namespaces: {}, role: []}]} | properties 'role' not"
            + " allowed",
        "serviceAccount: {create: false} | at '/serviceAccount/name'",
        "webhook: {port: 443} | at '/webhook/port': minimum: got 443, want 1,024",
        "image: {digest: abc} | at '/image/digest'",
        "watchNamespaces: [shop, shop] | at '/watchNamespaces'"
      })
  void refusesAWrongValueAndSaysWhere(String values, String message) {
    var outcome = chart.template(values);

    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.errors()).contains(message);
  }
}
