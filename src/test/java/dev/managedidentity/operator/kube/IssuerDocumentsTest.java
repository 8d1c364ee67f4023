package dev.managedidentity.operator.kube;

import static dev.managedidentity.operator.kube.ScriptedApiServer.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IssuerDocumentsTest {
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final String KEYS = "/openid/v1/jwks";

  private final ScriptedApiServer api = new ScriptedApiServer();
  private final IssuerDocuments documents = new IssuerDocuments(api.client());

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void tellsIssuerAndKeys() {
    api.onGet(DISCOVERY, 200, "{\"issuer\": \"https://issuer\"}").onGet(KEYS, 200, "{\"keys\":[]}");

    assertThat(documents.issuer()).contains("https://issuer");
    assertThat(documents.keys()).contains("{\"keys\":[]}");
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(documents.issuer()).isEmpty();
    assertThat(documents.keys()).isEmpty();
  }

  @Test
  void aRefusalIsNoKeysButAnErrorForTheIssuer() {
    api.onGet(DISCOVERY, 403, failure(403, "Forbidden", "no"))
        .onGet(KEYS, 403, failure(403, "Forbidden", "no"));

    assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(documents::issuer);
    assertThat(documents.keys()).isEmpty();
  }
}
