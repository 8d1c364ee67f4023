package dev.managedidentity.dev.cluster;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Brings the CRDs of {@code crds/} to a cluster; doing so twice, or from two sides, is harmless.
 */
public final class CrdInstaller {
  private static final Path FOLDER = Path.of("crds");
  private static final int PATIENCE_SECONDS = 30;

  private CrdInstaller() {}

  /** Applies the CRDs and returns when the cluster serves them. */
  public static void install(KubernetesClient client) {
    var crds = read();
    crds.forEach(crd -> client.resource(crd).patch(applied()));
    crds.forEach(
        crd ->
            client
                .resource(crd)
                .waitUntilCondition(CrdInstaller::isServed, PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  private static PatchContext applied() {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager("crd-installer")
        .withForce(true)
        .build();
  }

  /** The API server adds the status, and then its parts, a moment after the CRD. */
  private static boolean isServed(CustomResourceDefinition crd) {
    return Stream.ofNullable(crd)
        .flatMap(one -> Stream.ofNullable(one.getStatus()))
        .flatMap(status -> Stream.ofNullable(status.getConditions()))
        .flatMap(List::stream)
        .anyMatch(
            condition ->
                condition.getType().equals("Established") && condition.getStatus().equals("True"));
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
