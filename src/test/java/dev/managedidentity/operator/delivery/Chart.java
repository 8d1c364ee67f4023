package dev.managedidentity.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.chart.ChartFile;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.process.FreePorts;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.dev.tools.Tool;
import dev.managedidentity.dev.tools.Tool.Outcome;
import dev.managedidentity.dev.tools.Tools;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The chart in the hands of Helm. */
record Chart(Tool helm) {
  static final String FOLDER = ChartFile.CHART.toString();

  /** Helm that only reads. */
  static Chart offline() {
    return new Chart(Tools.pinned().helm());
  }

  /** Helm with the rights of whoever has this kubeconfig. */
  static Chart in(Path kubeconfig) {
    return new Chart(Tools.pinned().helm().with(Map.of("KUBECONFIG", kubeconfig.toString())));
  }

  /**
   * Values for an operator that is a process of this machine and works in the emulator.
   *
   * @param authorities a file with those that it must trust
   * @param port of its probes
   */
  static String valuesFor(AzureEmulator azure, String authorities, int port) {
    return """
    azure:
      cloud: Custom
      subscriptionId: %s
      resourceGroup: platform
      location: westeurope
    http: {port: %d}
    webhook: {port: %d}
    config:
      azure:
        custom:
          authorityHost: %s
          resourceManagerEndpoint: %s
          resourceManagerAudience: %s
          caFile: %s
    """
        .formatted(
            azure.subscriptionId(),
            port,
            FreePorts.choose(),
            azure.authorityHost(),
            azure.armEndpoint(),
            azure.armEndpoint(),
            authorities);
  }

  /** What the chart becomes with these values. */
  Outcome template(String values, String... more) {
    var words =
        new ArrayList<>(
            List.of("template", Rig.OPERATOR, FOLDER, "--namespace", Rig.OPERATOR, "-f", "-"));
    words.addAll(List.of(more));
    return helm.run(values, words);
  }

  /** The same as objects. */
  List<GenericKubernetesResource> objects(String values, String... more) {
    var outcome = template(values, more);
    assertThat(outcome.errors()).isEmpty();
    return Arrays.stream(outcome.output().split("(?m)^---$"))
        .filter(document -> document.contains("kind:"))
        .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
        .toList();
  }

  /**
   * A command about the release.
   *
   * @param command such as install
   */
  Outcome release(String command, String values, String... more) {
    var words = new ArrayList<>(List.of(command, Rig.OPERATOR));
    words.addAll(List.of(more));
    words.addAll(List.of("--namespace", Rig.OPERATOR));
    return helm.run(values, words);
  }
}
