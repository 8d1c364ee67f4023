package dev.managedidentity.dev.rig;

import static java.net.HttpURLConnection.HTTP_OK;

import dev.managedidentity.dev.process.FreePorts;
import dev.managedidentity.dev.process.LogFile;
import dev.managedidentity.dev.process.OwnedProcess;
import dev.managedidentity.dev.process.ProcessCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operator as it ships, as a process of its own; closing it is a kill -9. */
public final class OperatorProcess implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int LINES_SHOWN = 20;

  /** It lives for seconds: compiling once, and lightly, saves a third of its CPU time. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  private final OwnedProcess process;
  private final URI readiness;

  private OperatorProcess(OwnedProcess process, URI readiness) {
    this.process = process;
    this.readiness = readiness;
  }

  /** The only one, without a webhook: it need not wait for the lease of one that was killed. */
  public static final String ALONE = "leaderElection: {enabled: false}";

  /** Starts the only one against a rig. */
  public static OperatorProcess start(Rig rig, Path folder) {
    return start(rig, folder, ALONE);
  }

  /**
   * Starts one against a rig.
   *
   * @param folder where its configuration and its log are written
   * @param more YAML for the end of the configuration
   */
  public static OperatorProcess start(Rig rig, Path folder, String more) {
    return by(plainJar(), rig, folder, more);
  }

  /**
   * The same with another program than the plain jar.
   *
   * @param program the words that come before its arguments
   */
  public static OperatorProcess by(List<String> program, Rig rig, Path folder, String more) {
    var azure = rig.azure();
    var port = FreePorts.choose();
    var configuration =
        """
        azure:
          cloud: Custom
          custom:
            authorityHost: %s
            resourceManagerEndpoint: %s
            resourceManagerAudience: %s
            caFile: %s
          defaults:
            subscriptionId: %s
            resourceGroup: platform
            location: westeurope
        guardrails:
          rules:
            - name: everything
              namespaces: {}
              roles: ["*"]
              scopes: [/subscriptions/*]
        http:
          address: 127.0.0.1
          port: %d
        %s
        """
            .formatted(
                azure.authorityHost(),
                azure.armEndpoint(),
                azure.armEndpoint(),
                azure.caFile(),
                azure.subscriptionId(),
                port,
                more);
    return launch(program, rig, folder, configuration, port);
  }

  /**
   * Starts one with a whole configuration.
   *
   * @param port of its probes
   */
  public static OperatorProcess configured(Rig rig, Path folder, String configuration, int port) {
    return launch(plainJar(), rig, folder, configuration, port);
  }

  private static OperatorProcess launch(
      List<String> program, Rig rig, Path folder, String configuration, int port) {
    var azure = rig.azure();
    var file = write(folder.resolve("operator.yaml"), configuration);
    var words = new ArrayList<>(program);
    words.addAll(List.of("--config", file.toString()));
    var command =
        new ProcessCommand(
            "operator",
            words,
            Path.of("").toAbsolutePath(),
            Map.of(
                "HOSTNAME", folder.getFileName().toString(),
                "KUBECONFIG", rig.operatorKubeconfig().toString(),
                "AZURE_TENANT_ID", azure.tenantId(),
                "AZURE_CLIENT_ID", azure.clientId(),
                "AZURE_CLIENT_SECRET", azure.clientSecret(),
                "AZURE_TOKEN_CREDENTIALS", "prod"));
    return new OperatorProcess(
        OwnedProcess.start(command, folder.resolve("operator.log")),
        URI.create("http://127.0.0.1:%d/readyz".formatted(port)));
  }

  /**
   * Returns when it does its work.
   *
   * @throws IllegalStateException when it stops before, or takes longer than a minute
   */
  public void awaitReady() {
    var deadline = Instant.now().plus(PATIENCE);
    try (var client = HttpClient.newHttpClient()) {
      while (!isReady(client)) {
        if (exitsWithin(INTERVAL)) {
          throw failure("stopped before it was ready");
        }
        if (Instant.now().isAfter(deadline)) {
          throw failure("was not ready within " + PATIENCE.toSeconds() + " s");
        }
      }
    }
  }

  /** Whether it does its work. */
  public boolean isReady() {
    try (var client = HttpClient.newHttpClient()) {
      return isReady(client);
    }
  }

  /** Whether it ends within this time; returns as soon as it does. */
  public boolean exitsWithin(Duration time) {
    return process.exitsWithin(time);
  }

  /** Where it says that it is ready. */
  public URI readiness() {
    return readiness;
  }

  private boolean isReady(HttpClient client) {
    var request = HttpRequest.newBuilder(readiness).timeout(PATIENCE).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == HTTP_OK;
    } catch (IOException e) {
      return false; // it does not listen yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the operator started", e);
    }
  }

  private IllegalStateException failure(String what) {
    return new IllegalStateException(
        "The operator "
            + what
            + ". The last lines of its log:\n"
            + process.log().tail(LINES_SHOWN));
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Tells it to stop, as the kubelet does. */
  public void stop() {
    process.signal("TERM");
  }

  /**
   * Keeps it from running, as a machine does that has no time for it; {@link #resume()} ends it.
   */
  public void pause() {
    process.signal("STOP");
  }

  public void resume() {
    process.signal("CONT");
  }

  /** Memory of this machine that it has now, as Linux counts it. */
  public long residentKibibytes() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has logged, one line of JSON for each event. */
  public LogFile log() {
    return process.log();
  }

  @Override
  public void close() {
    process.close();
  }

  private static List<String> plainJar() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(java, QUICK_START, "-jar", jar().toString());
  }

  /** The jar that ships; its libraries lie beside it. */
  public static Path jar() {
    try (var built =
        Files.newDirectoryStream(Path.of("target"), "managed-identity-operator-*.jar")) {
      var found = built.iterator();
      if (!found.hasNext()) {
        throw new IllegalStateException("The operator's jar is missing: run `make package`.");
      }
      return found.next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path file, String content) {
    try {
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
