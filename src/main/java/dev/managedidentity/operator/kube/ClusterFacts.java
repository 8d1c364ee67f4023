package dev.managedidentity.operator.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster says about itself, read once at start.
 *
 * @param id UID of the kube-system namespace: the usual id of a cluster, gone only with it
 * @param issuer of its service account tokens
 */
public record ClusterFacts(String id, String issuer) {
  /**
   * Asks the API server; the issuer only when none is configured.
   *
   * @throws IllegalStateException when the API server does not say, with what to do about it
   */
  public static ClusterFacts read(KubernetesClient client, @Nullable String configuredIssuer) {
    var system = reached(client, () -> client.namespaces().withName("kube-system").get());
    if (system == null) {
      throw new IllegalStateException("The cluster has no namespace kube-system to be known by.");
    }
    return new ClusterFacts(
        system.getMetadata().getUid(),
        configuredIssuer == null ? discoveredIssuer(client) : configuredIssuer);
  }

  private static String discoveredIssuer(KubernetesClient client) {
    var issuer = reached(client, new IssuerDocuments(client)::issuer);
    return issuer.orElseThrow(
        () ->
            new IllegalStateException(
                "The API server does not tell its service account issuer: set federation.issuer in"
                    + " the configuration."));
  }

  private static <T extends @Nullable Object> T reached(KubernetesClient client, Supplier<T> call) {
    try {
      return call.get();
    } catch (KubernetesClientException e) {
      var server = client.getMasterUrl();
      throw new IllegalStateException(
          e.getCode() <= 0
              ? "The API server %s does not answer: check the kubeconfig and the network."
                  .formatted(server)
              : "The API server %s refused the operator (%d): check its service account and rights, see docs/reference/rights.md."
                  .formatted(server, e.getCode()),
          e);
    }
  }
}
