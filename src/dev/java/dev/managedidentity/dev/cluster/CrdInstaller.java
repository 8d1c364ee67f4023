package dev.managedidentity.dev.cluster;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings the CRDs of {@code crds/} to a cluster; doing so twice, or from two sides, is harmless.
 */
public final class CrdInstaller {
  private static final Path FOLDER = Path.of("crds");
  private static final int PATIENCE_SECONDS = 30;
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private CrdInstaller() {}

  /** Applies the CRDs and returns when the cluster serves them, and clients find them. */
  public static void install(KubernetesClient client) {
    var crds = read();
    crds.forEach(crd -> client.resource(crd).patch(applied()));
    crds.forEach(
        crd ->
            client
                .resource(crd)
                .waitUntilCondition(CrdInstaller::isServed, PATIENCE_SECONDS, TimeUnit.SECONDS));
    crds.forEach(crd -> awaitDiscovery(client, crd.getSpec()));
  }

  /** What is established may still be missing in the lists by which clients find a kind. */
  private static void awaitDiscovery(
      KubernetesClient client, CustomResourceDefinitionSpec definition) {
    var deadline = Instant.now().plusSeconds(PATIENCE_SECONDS);
    while (!isListed(client, definition)) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "The cluster did not list %s within %d s"
                .formatted(definition.getNames().getPlural(), PATIENCE_SECONDS));
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }

  private static boolean isListed(
      KubernetesClient client, CustomResourceDefinitionSpec definition) {
    return definition.getVersions().stream()
        .map(version -> client.getApiResources(definition.getGroup() + "/" + version.getName()))
        .allMatch(list -> list != null && hasKind(list, definition.getNames().getKind()));
  }

  private static boolean hasKind(APIResourceList list, String kind) {
    return list.getResources().stream().anyMatch(resource -> resource.getKind().equals(kind));
  }

  private static PatchContext applied() {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager("crd-installer")
        .withForce(true)
        .build();
  }

  private static boolean isServed(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
  }

  private static List<CustomResourceDefinition> read() {
    try (var files = Files.list(FOLDER)) {
      return files.sorted().map(CrdInstaller::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CustomResourceDefinition read(Path file) {
    try {
      return Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
