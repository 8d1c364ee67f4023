package dev.managedidentity.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.chart.InstallManifest;
import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.tools.Tool;
import dev.managedidentity.dev.tools.Tools;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Who has no Helm applies one file. */
class KubectlIT {
  @Test
  void applyingTheManifestASecondTimeChangesNothing() {
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard())) {
      var kubectl =
          Tools.pinned()
              .kubectl()
              .with(Map.of("KUBECONFIG", controlPlane.adminKubeconfig().toString()));

      var first = apply(kubectl);
      var versions = versions(kubectl);
      var second = apply(kubectl);

      assertThat(first).contains("serverside-applied");
      assertThat(second).isEqualTo(first);
      assertThat(versions(kubectl)).isEqualTo(versions).hasSizeGreaterThan(15);
    }
  }

  /** CRDs are served a moment after they are applied; nothing else of the file needs them. */
  private static String apply(Tool kubectl) {
    return kubectl.answer("apply", "--server-side", "-f", InstallManifest.FILE.toString());
  }

  /** Of what has a status, controllers of the cluster change the version, but no generation. */
  private static Map<String, String> versions(Tool kubectl) {
    var list =
        Serialization.unmarshal(
            kubectl.answer("get", "-f", InstallManifest.FILE.toString(), "-o", "json"),
            JsonNode.class);
    return StreamSupport.stream(list.path("items").spliterator(), false)
        .collect(
            Collectors.toMap(
                item -> item.path("kind").asText() + " " + item.at("/metadata/name").asText(),
                item ->
                    item.at("/metadata/generation")
                        .asText(item.at("/metadata/resourceVersion").asText())));
  }
}
