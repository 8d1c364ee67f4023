package dev.managedidentity.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.process.OwnedProcess;
import dev.managedidentity.dev.process.ProcessCommand;
import dev.managedidentity.dev.rig.OperatorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the jar that ships says no at the start. */
class OperatorMainIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void aWrongConfigurationFileListsEveryErrorAndWhatIsAllowed() throws IOException {
    var file = folder.resolve("operator.yaml");
    Files.writeString(
        file,
        """
        azure:
          cluod: Public
          defaults:
            subscriptionId: mine
        http:
          port: 99999
        """);

    assertThat(output("--config", file.toString()))
        .contains("azure.cluod")
        .contains("azure.cloud")
        .contains("azure.defaults.subscriptionId")
        .contains("http.port")
        .doesNotContain("Exception");
  }

  @Test
  void aMissingConfigurationFileIsNamed() {
    assertThat(output("--config", "nowhere.yaml")).contains("nowhere.yaml").contains("not exist");
  }

  @Test
  void anApiServerThatDoesNotAnswerIsNamed() {
    assertThat(output()).contains("127.0.0.1:1").doesNotContain("Ready;");
  }

  /** What it printed before it ended with 1. */
  private String output(String... arguments) {
    var words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                OperatorProcess.jar().toString()));
    words.addAll(List.of(arguments));
    var environment = Map.of("KUBERNETES_MASTER", "https://127.0.0.1:1", "KUBECONFIG", "/dev/null");
    var command = new ProcessCommand("operator", words, Path.of("").toAbsolutePath(), environment);
    try (var process = OwnedProcess.start(command, folder.resolve("log"))) {
      assertThat(process.exitsWithin(PATIENCE)).isTrue();
      assertThat(process.exitCode()).isEqualTo(1);
      return String.join("\n", process.log().lines());
    }
  }
}
