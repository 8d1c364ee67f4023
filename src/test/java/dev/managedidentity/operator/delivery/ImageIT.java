package dev.managedidentity.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.image.ImageBuild;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.dev.tools.Tool;
import dev.managedidentity.dev.tools.Tool.Outcome;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The image, built without a Docker daemon and without a network, and the operator in it. */
@TestInstance(Lifecycle.PER_CLASS)
class ImageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String IDENTITY =
      """
      apiVersion: managedidentity.dev/v1alpha1
      kind: ManagedIdentity
      metadata: {name: orders, namespace: default}
      spec: {}
      """;

  private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // before all
  private UnpackedImage image;

  @BeforeAll
  void build(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
    var tar = folder.resolve("image.tar");
    new ImageBuild(folder.resolve("build"), step -> {}).write(tar, Optional.empty());
    image = UnpackedImage.unpack(tar, folder.resolve("unpacked"));
  }

  @Test
  void theOperatorInItWorksWithItsOwnJavaAndItsCache() throws IOException {
    var command = new ArrayList<>(image.command());
    command.add(1, "-XX:AOTMode=on"); // no start without the cache
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
        var rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()));
        var operator =
            OperatorProcess.by(
                command,
                rig,
                Files.createDirectory(folder.resolve("run")),
                OperatorProcess.ALONE)) {
      operator.awaitReady();
      var identity = Serialization.unmarshal(IDENTITY, ManagedIdentity.class);
      controlPlane.admin().resource(identity).create();

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(controlPlane.admin().resource(identity).get().getStatus())
                      .isNotNull()
                      .extracting(ManagedIdentityStatus::clientId)
                      .isNotNull());
      assertThat(operator.log().lines()).allMatch(line -> line.startsWith("{"));
      assertThat(askedByHelmTest(operator.readiness()))
          .satisfies(answer -> assertThat(answer.exitCode()).as(answer.errors()).isZero());
    }
  }

  /** The program of the pod that {@code helm test} makes. */
  private Outcome askedByHelmTest(URI address) {
    var pod =
        Chart.offline().objects("").stream()
            .filter(object -> object.getKind().equals("Pod"))
            .map(object -> Serialization.unmarshal(Serialization.asYaml(object), Pod.class))
            .findFirst()
            .orElseThrow();
    var words = image.here(pod.getSpec().getContainers().getFirst().getCommand());
    var arguments = new ArrayList<>(words.subList(1, words.size()));
    arguments.add(address.toString());
    return new Tool(Path.of(words.getFirst())).run("", arguments);
  }

  @Test
  void nobodyInItIsRootAndNobodyCanChangeIt() throws IOException {
    assertThat(image.config().path("User").asText()).isEqualTo("65532:65532");
    for (var file : image.files()) {
      assertThat(Files.getPosixFilePermissions(file))
          .as(file.toString())
          .doesNotContain(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE)
          .contains(PosixFilePermission.OTHERS_READ);
    }
  }

  @Test
  void thereIsNoShellInIt() {
    assertThat(image.files())
        .extracting(file -> file.getFileName().toString())
        .contains("java", "managed-identity-operator.jar", "cacerts", "libc.so.6")
        .doesNotContain("sh", "bash", "busybox", "javac");
  }
}
