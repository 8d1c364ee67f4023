package dev.managedidentity.operator.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.cluster.IssuerFlags;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.dev.issuer.IssuerHost;
import dev.managedidentity.dev.pki.TrustedCertificates;
import dev.managedidentity.operator.kube.IssuerDocuments;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A real API server whose issuer changes, seen by the operator and by the token endpoint. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IssuerRotationIT {
  private static final String AUDIENCE = "api://AzureADTokenExchange";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private IssuerHost host;
  private ControlPlane controlPlane;
  private AzureEmulator azure;
  private IssuerDocuments documents;
  private String clientId;

  @BeforeAll
  void start() {
    host = IssuerHost.start();
    controlPlane =
        ControlPlane.start(ControlPlaneOptions.standard().withApiServerFlags(flags("old")));
    documents = new IssuerDocuments(controlPlane.admin());
    azure =
        AzureEmulator.start(
            EmulatorOptions.defaults().withIssuerAuthorities(List.of(host.caPem())));
    var group =
        new Scope("/subscriptions/%s/resourceGroups/platform".formatted(azure.subscriptionId()));
    var outOfBand = azure.control().outOfBand();
    var identity = outOfBand.addIdentity(group, "orders", "westeurope", Map.of());
    for (var name : List.of("old", "new")) {
      outOfBand.putCredential(
          identity.scope(),
          name,
          host.issuer(name),
          "system:serviceaccount:default:default",
          AUDIENCE);
    }
    clientId = identity.clientId();
  }

  @AfterAll
  void stop() {
    azure.close();
    controlPlane.close();
    host.close();
  }

  @BeforeEach
  void publish() {
    host.publish(documents.keys().orElseThrow());
  }

  @Test
  void tokensOfOldAndNewIssuerAreAcceptedThroughTheWholeRotation() throws Exception {
    var changes = new AtomicInteger();
    restart("old");
    var old = token();
    try (var issuer =
            ClusterIssuer.discovered(
                host.issuer("old"), documents::issuer, Duration.ofMillis(100), new Random(1));
        var user =
            new KubernetesClientBuilder()
                .withConfig(controlPlane.serviceAccountConfig("default", "default"))
                .build()) {
      issuer.onChange(changes::incrementAndGet);
      issuer.start();

      restart("new", "old");

      var fresh = token();
      assertThat(issuerOf(old)).isEqualTo(host.issuer("old"));
      assertThat(issuerOf(fresh)).isEqualTo(host.issuer("new")).isEqualTo(controlPlane.issuer());
      assertThat(exchange(old)).contains("access_token");
      assertThat(exchange(fresh)).contains("access_token");
      await().atMost(PATIENCE).until(() -> issuer.current().equals(host.issuer("new")));
      assertThat(user.getKubernetesVersion()).isNotNull();

      restart("new");

      assertThat(issuerOf(token())).isEqualTo(host.issuer("new"));
      assertThat(exchange(old)).contains("access_token");
      assertThat(exchange(fresh)).contains("access_token");
      assertThat(changes).hasValue(1);
    }
  }

  @Test
  void theControllersGoOnWhenTheIssuerIsAnother() {
    restart("old");
    restart("new");
    var namespace =
        new NamespaceBuilder()
            .withNewMetadata()
            .withGenerateName("rotation-")
            .endMetadata()
            .build();

    var created = controlPlane.admin().resource(namespace).create();

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                controlPlane
                        .admin()
                        .serviceAccounts()
                        .inNamespace(created.getMetadata().getName())
                        .withName("default")
                        .get()
                    != null);
  }

  @Test
  void aServiceAccountWithACertificateIsNotConcerned() {
    restart("old");
    var config = controlPlane.serviceAccountCertificateConfig("kube-system", "default");
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      restart("new");

      assertThat(new IssuerDocuments(client).issuer()).contains(host.issuer("new"));
    }
  }

  @Test
  void theIssuerOfTheRealApiServerPassesTheChecks() {
    try (var checks = checks(false)) {
      assertThat(checks.report(controlPlane.issuer()).problem()).isEmpty();
      assertThat(checks.report(host.issuer("another")).problem()).isEmpty();
    }
  }

  @Test
  void keysOfAnotherClusterAreNoticed() {
    host.publish("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"other\",\"n\":\"wXyz\",\"e\":\"AQAB\"}]}");
    try (var checks = checks(false)) {
      assertThat(checks.report(controlPlane.issuer()).problem().orElseThrow().reason())
          .isEqualTo(Reason.ISSUER_KEYS_DIFFER);
    }
  }

  @Test
  void aLocalIssuerIsNotForAnEntraOnTheInternet() {
    try (var checks = checks(true)) {
      assertThat(checks.report(controlPlane.issuer()).problem().orElseThrow().reason())
          .isEqualTo(Reason.ISSUER_NOT_PUBLIC);
    }
  }

  private IssuerChecks checks(boolean mustBePublic) {
    return IssuerChecks.overHttps(
        TrustedCertificates.ofPem(host.caPem()).clientContext(),
        mustBePublic,
        new IssuerChecks.Cluster(name -> name.equals(controlPlane.issuer()), documents::keys),
        System::nanoTime);
  }

  private void restart(String... issuers) {
    controlPlane.restartApiServer(flags(issuers));
  }

  private List<String> flags(String... issuers) {
    return IssuerFlags.of(List.of(issuers).stream().map(host::issuer).toList(), host.keysAddress());
  }

  private String token() {
    var request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences(AUDIENCE)
            .withExpirationSeconds(3600L)
            .endSpec()
            .build();
    return controlPlane
        .admin()
        .serviceAccounts()
        .inNamespace("default")
        .withName("default")
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }

  private static String issuerOf(String token) throws ParseException {
    return SignedJWT.parse(token).getJWTClaimsSet().getIssuer();
  }

  private String exchange(String assertion) throws IOException, InterruptedException {
    var form =
        Map.of(
            "grant_type", "client_credentials",
            "client_id", clientId,
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion", assertion,
            "scope", "https://management.azure.com/.default");
    var body =
        form.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(
                URI.create(azure.authorityHost() + azure.tenantId() + "/oauth2/v2.0/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (var http =
        HttpClient.newBuilder()
            .sslContext(TrustedCertificates.ofPem(azure.caPem()).clientContext())
            .build()) {
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }
}
