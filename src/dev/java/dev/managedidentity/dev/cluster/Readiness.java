package dev.managedidentity.dev.cluster;

import dev.managedidentity.dev.process.OwnedProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Waits for a server, and gives up as soon as it, or a server it needs, has died. */
final class Readiness {

  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final int LINES_SHOWN = 20;

  private final Instant deadline;
  private final Duration patience;

  /** The patience is for everything that is awaited through this object together. */
  Readiness(Duration patience) {
    this.patience = patience;
    this.deadline = Instant.now().plus(patience);
  }

  void await(OwnedProcess server, List<OwnedProcess> neededServers, BooleanSupplier isReady) {
    while (!isReady.getAsBoolean()) {
      neededServers.forEach(Readiness::requireAlive);
      if (server.exitsWithin(INTERVAL)) {
        requireAlive(server);
      }
      if (Instant.now().isAfter(deadline)) {
        throw failure(server, "was not ready within " + patience.toSeconds() + " s");
      }
    }
  }

  private static void requireAlive(OwnedProcess server) {
    if (!server.isAlive()) {
      throw failure(server, "stopped with exit code " + server.exitCode());
    }
  }

  private static ControlPlaneFailedException failure(OwnedProcess server, String what) {
    return new ControlPlaneFailedException(
        server.name()
            + " "
            + what
            + ". The last lines of its log:\n"
            + server.log().tail(LINES_SHOWN));
  }
}
