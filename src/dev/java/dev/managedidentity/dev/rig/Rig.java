package dev.managedidentity.dev.rig;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.CrdInstaller;
import dev.managedidentity.dev.emulator.AzureEmulator;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;

/** A control plane and an emulator that know each other, with what ships applied. */
public final class Rig implements AutoCloseable {
  /** Namespace and name of the operator's service account. */
  public static final String OPERATOR = "managed-identity-operator";

  /** As whom the API server knows it. */
  public static final String USER = "system:serviceaccount:%1$s:%1$s".formatted(OPERATOR);

  private final ControlPlane controlPlane;
  private final AzureEmulator azure;

  private Rig(ControlPlane controlPlane, AzureEmulator azure) {
    this.controlPlane = controlPlane;
    this.azure = azure;
  }

  /** Joins both and applies what ships; the rig closes the emulator, never the control plane. */
  public static Rig on(ControlPlane controlPlane, AzureEmulator azure) {
    var rig = bare(controlPlane, azure);
    CrdInstaller.install(controlPlane.admin());
    Shipped.applyRights(controlPlane.admin());
    rig.awaitPolicies();
    return rig;
  }

  /** Joins both and applies nothing. */
  public static Rig bare(ControlPlane controlPlane, AzureEmulator azure) {
    azure.control().trustIssuerAuthority(controlPlane.authorityPem());
    return new Rig(controlPlane, azure);
  }

  /** API servers take a moment until they enforce a policy, and do without it until then. */
  public void awaitPolicies() {
    var foreign =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("of-somebody-else")
            .endMetadata()
            .build();
    try (var operator = new KubernetesClientBuilder().withConfig(operatorConfig()).build()) {
      Patience.await(
          () -> isFenced(() -> operator.resource(foreign).dryRun().create()),
          "The API server does not enforce the operator's policies");
    }
  }

  /** Rights take a moment, too: without them the answer has the same code. */
  private static boolean isFenced(Runnable request) {
    try {
      request.run();
      return false;
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      return String.valueOf(e.getMessage()).contains(OPERATOR + "-writes");
    }
  }

  /** Where the resources live. */
  public ControlPlane controlPlane() {
    return controlPlane;
  }

  /** Where the identities live. */
  public AzureEmulator azure() {
    return azure;
  }

  /** How the operator reaches the API server: with its own service account and nothing more. */
  public Config operatorConfig() {
    return controlPlane.serviceAccountConfig(OPERATOR, OPERATOR);
  }

  /** The same for a process of its own. */
  public Path operatorKubeconfig() {
    return controlPlane.serviceAccountKubeconfig(OPERATOR, OPERATOR);
  }

  /** Applies every document of a file, as kubectl apply --server-side does. */
  public static void apply(KubernetesClient client, Path file) {
    try (var content = Files.newInputStream(file)) {
      client.load(content).items().forEach(item -> client.resource(item).serverSideApply());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    azure.close();
  }
}
