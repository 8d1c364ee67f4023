package dev.managedidentity.operator.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the API server publishes about the issuer of its service account tokens; every service
 * account may read it.
 */
public final class IssuerDocuments {
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final String KEYS = "/openid/v1/jwks";

  private final KubernetesClient client;

  public IssuerDocuments(KubernetesClient client) {
    this.client = client;
  }

  /**
   * The issuer of new tokens; empty when the API server does not tell.
   *
   * @throws KubernetesClientException when it does not answer or refuses
   */
  public Optional<String> issuer() {
    return Optional.ofNullable(client.raw(DISCOVERY)).map(IssuerDocuments::issuer);
  }

  /** The JSON Web Key Set of its tokens; empty when there is no answer. */
  public Optional<String> keys() {
    try {
      return Optional.ofNullable(client.raw(KEYS));
    } catch (KubernetesClientException _) {
      return Optional.empty();
    }
  }

  /** Something in between may answer with a page of its own: that is no issuer. */
  private static @Nullable String issuer(String document) {
    try {
      return new ObjectMapper().readTree(document).path("issuer").textValue();
    } catch (JsonProcessingException _) {
      return null;
    }
  }
}
