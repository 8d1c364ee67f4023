package dev.managedidentity.dev.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.dev.process.OwnedProcess;
import dev.managedidentity.dev.process.ProcessCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make demo} promises, seen from outside. */
class DemoIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern KUBECONFIG = Pattern.compile("export KUBECONFIG=(\\S+)");

  @TempDir private Path folder;

  @Test
  void everythingIsSeenAndNothingIsLeft() {
    try (var demo = start()) {
      assertThat(demo.exitsWithin(PATIENCE)).isTrue();

      var story = String.join("\n", demo.log().lines());
      assertThat(demo.exitCode()).as(story).isZero();
      assertThat(story)
          .containsSubsequence(
              "[1/10]",
              "identitybinding/orders-api  True     Bound",
              "Azure now has 1 identity, 1 federated credential, 1 role assignment",
              "may be scheduled",
              "GET resource group shop-data: 200",
              "GET resource group platform:  403 AuthorizationFailed",
              "Azure now has 0 identities, 0 federated credentials, 0 role assignments",
              "All of it was seen")
          .as("a token, which is JSON in Base64")
          .doesNotContain("eyJ");
    }
  }

  @Test
  void whatIsKeptRunningGoesWhenTheDemoIsStopped() throws Exception {
    var log = folder.resolve("demo.log");
    var demo = new ProcessBuilder(words()).redirectErrorStream(true).redirectOutput(log.toFile());
    demo.environment().put("KEEP", "1");
    var process = demo.start();
    try {
      await().atMost(PATIENCE).until(() -> KUBECONFIG.matcher(Files.readString(log)).find());
      var matcher = KUBECONFIG.matcher(Files.readString(log));
      assertThat(matcher.find()).isTrue();
      var kubeconfig = Path.of(matcher.group(1));
      var children = process.descendants().toList();
      assertThat(kubeconfig).exists();
      assertThat(children).hasSizeGreaterThanOrEqualTo(4).allMatch(ProcessHandle::isAlive);

      process.destroy(); // as Ctrl-C does

      for (var child : children) {
        child.onExit().get(30, TimeUnit.SECONDS);
      }
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(kubeconfig.getParent()).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  private OwnedProcess start() {
    var command = new ProcessCommand("demo", words(), Path.of("").toAbsolutePath(), Map.of());
    return OwnedProcess.start(command, folder.resolve("demo.log"));
  }

  private static List<String> words() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        DemoMain.class.getName());
  }
}
