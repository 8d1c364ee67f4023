package dev.managedidentity.dev.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnedProcessIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void theOutputAndTheExitCodeOfTheProgramAreKept() {
    try (var process = start("echo one; echo two >&2; exit 3")) {
      assertThat(process.exitsWithin(PATIENCE)).isTrue();
      assertThat(process.exitCode()).isEqualTo(3);
      assertThat(process.log().lines()).containsExactly("one", "two");
      assertThat(process.log().tail(1)).isEqualTo("two");
    }
  }

  @Test
  void closingKillsAProgramThatIgnoresPoliteSignals() {
    var process = start("trap '' TERM INT HUP; while :; do read -r line || :; done");
    assertThat(process.isAlive()).isTrue();

    process.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(process.exitCode()).isEqualTo(128 + 9);
  }

  @Test
  void theProgramGetsItsVariablesAndItsFolder() {
    var command =
        new ProcessCommand(
            "sh", List.of("/bin/sh", "-c", "echo $COLOUR; pwd"), folder, Map.of("COLOUR", "green"));
    try (var process = OwnedProcess.start(command, folder.resolve("log"))) {
      assertThat(process.exitsWithin(PATIENCE)).isTrue();
      assertThat(process.log().lines()).first().isEqualTo("green");
      assertThat(process.log().lines()).last().asString().endsWith(folder.getFileName().toString());
    }
  }

  @Test
  void aProgramThatDoesNotExistEndsAtOnceAndSaysSo() {
    var command = new ProcessCommand("gone", List.of("/no/such/program"), folder, Map.of());
    try (var process = OwnedProcess.start(command, folder.resolve("log"))) {
      assertThat(process.exitsWithin(PATIENCE)).isTrue();
      assertThat(process.exitCode()).isEqualTo(127);
      assertThat(process.log().tail(5)).contains("/no/such/program");
    }
  }

  private OwnedProcess start(String script) {
    var command = new ProcessCommand("sh", List.of("/bin/sh", "-c", script), folder, Map.of());
    return OwnedProcess.start(command, folder.resolve("log"));
  }
}
