package dev.managedidentity.dev.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.managedidentity.dev.pki.TrustedCertificates;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlPlaneIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ControlPlane controlPlane;
  private KubernetesClient admin;

  @BeforeAll
  void start() {
    controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
    admin = controlPlane.admin();
  }

  @AfterAll
  void stop() {
    controlPlane.close();
  }

  @Test
  void anyoneWhoTrustsTheAuthorityCanVerifyServiceAccountTokens() throws Exception {
    var discovery = getJson(controlPlane.issuer() + "/.well-known/openid-configuration");
    var keys = JWKSet.parse(getJson(discovery.get("jwks_uri").asText()).toString());
    var token = SignedJWT.parse(ServiceAccountTokens.request(admin, "default", "default"));
    var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();

    assertThat(discovery.get("issuer").asText()).isEqualTo(controlPlane.issuer());
    assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(controlPlane.issuer());
    assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
  }

  @Test
  void refusesAServiceAccountWithoutARole() {
    var config = controlPlane.serviceAccountConfig("default", "default");
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      var secrets = client.secrets().inNamespace("default");

      assertThatThrownBy(secrets::list)
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403))
          .hasMessageContaining("system:serviceaccount:default:default");
    }
  }

  @Test
  void anotherProcessSignsInWithAServiceAccountsKubeconfig() {
    var file = controlPlane.serviceAccountKubeconfig("default", "default");
    var config = Config.fromKubeconfig(file.toFile());
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThat(client.getKubernetesVersion().getMajor()).isEqualTo("1");
      assertThat(client.getNamespace()).isEqualTo("default");
    }
  }

  @Test
  void collectsTheDependentsOfADeletedOwner() {
    var owner = createConfigMap("default", "owner");
    var dependent =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("dependent")
            .withNamespace("default")
            .addNewOwnerReference()
            .withApiVersion("v1")
            .withKind("ConfigMap")
            .withName("owner")
            .withUid(owner.getMetadata().getUid())
            .endOwnerReference()
            .endMetadata()
            .build();
    admin.resource(dependent).create();

    admin.resource(owner).delete();

    await().atMost(PATIENCE).until(() -> admin.resource(dependent).get() == null);
  }

  @Test
  void deletesANamespaceWithEverythingInIt() {
    var namespace =
        new NamespaceBuilder().withNewMetadata().withName("doomed").endMetadata().build();
    admin.resource(namespace).create();
    var inside = createConfigMap("doomed", "inside");

    admin.resource(namespace).delete();

    await().atMost(PATIENCE).until(() -> admin.resource(namespace).get() == null);
    assertThat(admin.resource(inside).get()).isNull();
  }

  private ConfigMap createConfigMap(String namespace, String name) {
    return admin
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .build())
        .create();
  }

  private JsonNode getJson(String uri) throws Exception {
    var trusted = TrustedCertificates.ofPem(controlPlane.authorityPem());
    try (var http = HttpClient.newBuilder().sslContext(trusted.clientContext()).build()) {
      var response =
          http.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      return new ObjectMapper().readTree(response.body());
    }
  }
}
