package dev.managedidentity.dev.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildLockIT {

  @TempDir private Path folder;

  @Test
  void waitsForAnotherProcessAndSaysSoOnce() throws Exception {
    var file = folder.resolve("lock");
    var said = new ArrayList<String>();
    var holder = startHolder(file);
    try (var output = holder.inputReader()) {
      assertThat(output.readLine()).isEqualTo("held");
      Runnable letGo =
          () -> {
            said.add("waiting");
            end(holder.getOutputStream());
          };

      try (var lock = BuildLock.acquire(file, letGo)) {
        lock.requireHeld();
        assertThat(said).containsExactly("waiting");
      }
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void aKilledHolderFreesTheLock() throws Exception {
    var file = folder.resolve("lock");
    var holder = startHolder(file);
    try (var output = holder.inputReader()) {
      assertThat(output.readLine()).isEqualTo("held");

      holder.destroyForcibly();

      try (var lock = BuildLock.acquire(file, () -> {})) {
        lock.requireHeld();
      }
    }
  }

  private static Process startHolder(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void end(OutputStream input) {
    try {
      input.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Holds the lock until its standard input ends. */
  static final class Holder {

    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      try (var lock = BuildLock.acquire(Path.of(arguments[0]), () -> {})) {
        lock.requireHeld();
        System.out.println("held");
        System.in.readAllBytes();
      }
    }
  }
}
