package dev.managedidentity.operator.kube;

import static dev.managedidentity.operator.kube.ScriptedApiServer.body;
import static dev.managedidentity.operator.kube.ScriptedApiServer.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.managedidentity.operator.certificate.CertificateStore.Stored;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CertificateSecretTest {
  private static final String SECRETS = "/api/v1/namespaces/system/secrets";
  private static final String PATH = SECRETS + "/webhook";

  private final ScriptedApiServer api = new ScriptedApiServer();
  private final CertificateSecret secret = new CertificateSecret(api.client(), "system", "webhook");

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void readsTheEntriesAsText() {
    api.onGet(PATH, 200, stored(Map.of("tls.crt", "YQ==", "tls.key", "Yg==")));

    assertThat(secret.read()).contains(new Stored("7", Map.of("tls.crt", "a", "tls.key", "b")));
  }

  @Test
  void aSecretWithoutDataHasNoEntries() {
    api.onGet(PATH, 200, stored(Map.of()));

    assertThat(secret.read()).contains(new Stored("7", Map.of()));
  }

  @Test
  void nothingIsStoredWhereThereIsNoSecret() {
    assertThat(secret.read()).isEmpty();
  }

  @Test
  void createsATlsSecret() {
    api.onPost(SECRETS, 201, stored(Map.of()));

    assertThat(secret.write(Map.of("tls.crt", "a"), Optional.empty())).isTrue();

    var created = body(api.requests().getLast());
    assertThat(created.at("/type").textValue()).isEqualTo("kubernetes.io/tls");
    assertThat(created.at("/data").toString()).isEqualTo("{\"tls.crt\":\"YQ==\"}");
    assertThat(created.at("/metadata/name").textValue()).isEqualTo("webhook");
  }

  @Test
  void replacesOnlyTheVersionItKnowsAndOnlyTheEntries() {
    api.onGet(PATH, 200, stored(Map.of("tls.crt", "YQ==", "next.crt", "Yg==")))
        .onPatch(PATH, 200, stored(Map.of()));

    assertThat(secret.write(Map.of("tls.crt", "b"), Optional.of("7"))).isTrue();

    var patch = api.requests().getLast();
    assertThat(patch.getHeader("Content-Type")).isEqualTo("application/merge-patch+json");
    var sent = body(patch);
    assertThat(sent.at("/metadata").toString()).isEqualTo("{\"resourceVersion\":\"7\"}");
    assertThat(sent.at("/data/tls.crt").textValue()).isEqualTo("Yg==");
    assertThat(sent.at("/data/next.crt").isNull()).isTrue();
  }

  @Test
  void tellsThatSomebodyElseWasFirst() {
    var conflict = failure(409, "Conflict", "the object has been modified");
    api.onPost(SECRETS, 409, failure(409, "AlreadyExists", "there is one"))
        .onPatch(PATH, 409, conflict)
        .onPatch(PATH, 404, failure(404, "NotFound", "gone"));

    assertThat(secret.write(Map.of(), Optional.empty())).isFalse();
    assertThat(secret.write(Map.of(), Optional.of("7"))).isFalse();
    assertThat(secret.write(Map.of(), Optional.of("7"))).isFalse();
  }

  @Test
  void aRefusalIsAnError() {
    api.onPost(SECRETS, 403, failure(403, "Forbidden", "no"));

    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> secret.write(Map.of(), Optional.empty()));
  }

  private static Secret stored(Map<String, String> data) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("system")
        .withName("webhook")
        .withResourceVersion("7")
        .endMetadata()
        .withData(data)
        .build();
  }
}
