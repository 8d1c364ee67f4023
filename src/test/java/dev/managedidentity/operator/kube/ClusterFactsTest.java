package dev.managedidentity.operator.kube;

import static dev.managedidentity.operator.kube.ScriptedApiServer.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterFactsTest {
  private static final String SYSTEM = "/api/v1/namespaces/kube-system";
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final String NAMESPACE =
      """
      {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "kube-system", "uid": "uid-1"}}
      """;

  private final ScriptedApiServer api = new ScriptedApiServer();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void theClusterIsKnownByItsSystemNamespaceAndTellsItsIssuer() {
    api.onGet(SYSTEM, 200, NAMESPACE).onGet(DISCOVERY, 200, "{\"issuer\": \"https://issuer\"}");

    assertThat(ClusterFacts.read(api.client(), null))
        .isEqualTo(new ClusterFacts("uid-1", "https://issuer"));
  }

  @Test
  void aConfiguredIssuerIsNotAskedFor() {
    api.onGet(SYSTEM, 200, NAMESPACE);

    assertThat(ClusterFacts.read(api.client(), "https://mine").issuer()).isEqualTo("https://mine");
    assertThat(api.calls()).containsExactly("GET " + SYSTEM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"issuer\": 7}", "[]", "not JSON: [", ""})
  void aDocumentWithoutAnIssuerSaysWhatToConfigure(String document) {
    api.onGet(SYSTEM, 200, NAMESPACE).onGet(DISCOVERY, 200, document);

    assertThatIllegalStateException()
        .isThrownBy(() -> ClusterFacts.read(api.client(), null))
        .withMessageContaining("set federation.issuer in the configuration");
  }

  @Test
  void aServerWithoutDiscoverySaysWhatToConfigure() {
    api.onGet(SYSTEM, 200, NAMESPACE);

    assertThatIllegalStateException()
        .isThrownBy(() -> ClusterFacts.read(api.client(), null))
        .withMessageContaining("set federation.issuer in the configuration");
  }

  @Test
  void aServerThatRefusesTheOperatorSaysWhereItsRightsAre() {
    api.onGet(SYSTEM, 403, failure(403, "Forbidden", "no"));

    assertThatIllegalStateException()
        .isThrownBy(() -> ClusterFacts.read(api.client(), null))
        .withMessageContaining("refused the operator (403)")
        .withMessageContaining("rights.md");
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() {
    api.stop();

    assertThatIllegalStateException()
        .isThrownBy(() -> ClusterFacts.read(api.client(), null))
        .withMessageContaining("does not answer")
        .withMessageContaining(api.client().getMasterUrl().toString());
  }
}
