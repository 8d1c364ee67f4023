package dev.managedidentity.dev.cluster;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/** Asks the API server for tokens with which a service account signs in to it. */
final class ServiceAccountTokens {

  private static final Duration LIFETIME = Duration.ofDays(1);

  private ServiceAccountTokens() {}

  static String request(KubernetesClient admin, String namespace, String name) {
    var request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withExpirationSeconds(LIFETIME.toSeconds())
            .endSpec()
            .build();
    return admin
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(name)
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }
}
