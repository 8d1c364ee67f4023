package dev.managedidentity.dev.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, because it counts the processes of this JVM. */
@Isolated
class ControlPlaneLifecycleIT {

  @Test
  void twoRunSideBySideAndEachLeavesNothingWhenItStops() {
    try (var first = ControlPlane.start(ControlPlaneOptions.standard())) {
      var before = ProcessHandle.current().descendants().toList();
      var second = ControlPlane.start(ControlPlaneOptions.standard());
      var started = ProcessHandle.current().descendants().filter(p -> !before.contains(p)).toList();
      var folder = second.adminKubeconfig().getParent();
      assertThat(uidOfKubeSystem(second)).isNotEqualTo(uidOfKubeSystem(first));
      assertThat(started).hasSizeGreaterThanOrEqualTo(3);

      second.close();

      assertThat(started).noneMatch(ProcessHandle::isAlive);
      assertThat(folder).doesNotExist();
      assertThat(uidOfKubeSystem(first)).isNotEmpty();
    }
  }

  @Test
  void aBrokenFlagIsShownFromTheLogOfTheServerThatRefusedIt() {
    var options = ControlPlaneOptions.standard().withApiServerFlags(List.of("--no-such-flag=1"));

    assertThatExceptionOfType(ControlPlaneFailedException.class)
        .isThrownBy(() -> ControlPlane.start(options))
        .withMessageContaining("kube-apiserver stopped with exit code 1")
        .withMessageContaining("unknown flag: --no-such-flag");
  }

  @Test
  void aBrokenProgramIsNamedAndLeavesNothingBehind(@TempDir Path assets) throws IOException {
    var before = ProcessHandle.current().descendants().toList();
    writeProgram(assets, "etcd", "echo the disk is on fire; exit 7");
    writeProgram(assets, "kube-apiserver", "exec sleep 600");
    writeProgram(assets, "kube-controller-manager", "exec sleep 600");
    var options = optionsFor(assets);

    assertThatExceptionOfType(ControlPlaneFailedException.class)
        .isThrownBy(() -> ControlPlane.start(options))
        .withMessageContaining("etcd stopped with exit code 7")
        .withMessageContaining("the disk is on fire");
    assertThat(ProcessHandle.current().descendants().filter(p -> !before.contains(p))).isEmpty();
  }

  @Test
  void aServerThatIsNeverReadyIsGivenUp(@TempDir Path assets) throws IOException {
    for (var program : Binaries.NAMES) {
      writeProgram(assets, program, "echo here is " + program + "; exec sleep 600");
    }
    var patient = optionsFor(assets);
    var options = new ControlPlaneOptions(patient.binaries(), List.of(), Duration.ofMillis(1_500));

    assertThatExceptionOfType(ControlPlaneFailedException.class)
        .isThrownBy(() -> ControlPlane.start(options))
        .withMessageContaining("kube-apiserver was not ready within 1 s")
        .withMessageContaining("here is kube-apiserver");
  }

  @Test
  void otherPortsAreChosenWhenOneIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var free = Endpoints.onFreePorts();
      var choices = new ArrayDeque<Endpoints>();
      choices.add(new Endpoints(free.etcdPort(), taken.getLocalPort(), free.apiServerPort()));
      choices.add(new Endpoints(free.etcdPort(), free.etcdPeerPort(), taken.getLocalPort()));
      choices.add(Endpoints.onFreePorts());

      try (var controlPlane =
          ControlPlane.start(ControlPlaneOptions.standard(), choices::removeFirst)) {
        assertThat(controlPlane.admin().namespaces().list().getItems()).isNotEmpty();
        assertThat(choices).isEmpty();
      }
    }
  }

  @Test
  void nothingSurvivesTheKillingOfTheOwner() throws Exception {
    var owner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ClusterMain.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = owner.inputReader()) {
      var line = output.readLine();
      assertThat(line).startsWith("export KUBECONFIG=");
      var folder = Path.of(line.substring("export KUBECONFIG=".length())).getParent();
      var children = owner.descendants().toList();
      assertThat(children).hasSizeGreaterThanOrEqualTo(3).allMatch(ProcessHandle::isAlive);
      assertThat(folder).isDirectory();

      owner.destroyForcibly();

      for (var child : children) {
        child.onExit().get(30, TimeUnit.SECONDS);
      }
      assertThat(folder).doesNotExist();
    } finally {
      owner.destroyForcibly();
    }
  }

  private static String uidOfKubeSystem(ControlPlane controlPlane) {
    var namespaces = controlPlane.admin().namespaces();
    return namespaces.withName("kube-system").require().getMetadata().getUid();
  }

  private static ControlPlaneOptions optionsFor(Path assets) {
    var finder =
        new BinaryFinder(
            Map.of("KUBEBUILDER_ASSETS", assets.toString()), Path.of("no-module"), line -> {});
    return new ControlPlaneOptions(finder, List.of(), Duration.ofMinutes(1));
  }

  private static void writeProgram(Path folder, String name, String script) throws IOException {
    var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
