package dev.managedidentity.dev.rig;

import dev.managedidentity.dev.process.OwnedProcess;
import dev.managedidentity.dev.process.ProcessCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The operator as it ships, as a process of its own; closing it is a kill -9. */
public final class OperatorProcess implements AutoCloseable {
  private final OwnedProcess process;

  private OperatorProcess(OwnedProcess process) {
    this.process = process;
  }

  /**
   * Starts it against a rig.
   *
   * @param folder where its configuration and its log are written
   */
  public static OperatorProcess start(Rig rig, Path folder) {
    var azure = rig.azure();
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
        http:
          address: 127.0.0.1
          port: 0
        """
            .formatted(
                azure.authorityHost(),
                azure.armEndpoint(),
                azure.armEndpoint(),
                azure.caFile(),
                azure.subscriptionId());
    var file = write(folder.resolve("operator.yaml"), configuration);
    var command =
        new ProcessCommand(
            "operator",
            List.of(java(), "-jar", jar().toString(), "--config", file.toString()),
            Path.of("").toAbsolutePath(),
            Map.of(
                "KUBECONFIG", rig.operatorKubeconfig().toString(),
                "AZURE_TENANT_ID", azure.tenantId(),
                "AZURE_CLIENT_ID", azure.clientId(),
                "AZURE_CLIENT_SECRET", azure.clientSecret(),
                "AZURE_TOKEN_CREDENTIALS", "prod"));
    return new OperatorProcess(OwnedProcess.start(command, folder.resolve("operator.log")));
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has logged, one line of JSON for each event. */
  public List<String> log() {
    return process.log().lines();
  }

  @Override
  public void close() {
    process.close();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The jar that ships; its libraries lie beside it. */
  private static Path jar() {
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
