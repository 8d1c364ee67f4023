package dev.managedidentity.operator.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.dev.pki.TrustedCertificates;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of the real API server at the token endpoint: who gets in and who does not. */
@UsesControlPlane
@UsesOperator
class FederationIT {
  private static final String AUDIENCE = "api://AzureADTokenExchange";

  private final Team team;

  FederationIT(Team team) {
    this.team = team;
  }

  @BeforeEach
  void bindAnAccount() {
    team.applyIdentity("orders", "{}");
    team.applyBinding("orders-api", "orders");
    team.awaitReadyBinding("orders-api");
  }

  @Test
  void theBoundAccountGetsAToken() throws Exception {
    assertThat(exchange(token("orders-api", AUDIENCE)))
        .startsWith("200")
        .contains("\"access_token\"");
  }

  @Test
  void anotherAccountIsRefused() throws Exception {
    team.applyAccount("intruder");

    assertThat(exchange(token("intruder", AUDIENCE))).startsWith("401").contains("AADSTS700213");
  }

  @Test
  void aTokenForAnotherAudienceIsRefused() throws Exception {
    assertThat(exchange(token("orders-api", "https://kubernetes.default.svc")))
        .startsWith("401")
        .contains("AADSTS700212");
  }

  @Test
  void aSubjectThatDiffersInTheCaseOfALetterIsRefused() throws Exception {
    var subject = team.subjects(team.identity("orders")).getFirst();
    replaceCredential(
        team.operator().rig().controlPlane().issuer(), subject.toUpperCase(Locale.ROOT));

    assertThat(exchange(token("orders-api", AUDIENCE))).contains("AADSTS7002138");
  }

  @Test
  void anotherIssuerIsRefused() throws Exception {
    var subject = team.subjects(team.identity("orders")).getFirst();
    replaceCredential("https://another.example.com", subject);

    assertThat(exchange(token("orders-api", AUDIENCE))).startsWith("401").contains("AADSTS700211");
  }

  @Test
  void aForgedSignatureIsRefused() throws Exception {
    var parts = token("orders-api", AUDIENCE).split("\\.", -1);
    var other = token("orders-api", "somebody-else").split("\\.", -1);

    assertThat(exchange(parts[0] + "." + parts[1] + "." + other[2])).contains("AADSTS7000274");
  }

  @Test
  void nobodyGetsATokenOnceTheBindingIsGone() throws Exception {
    var token = token("orders-api", AUDIENCE);

    team.deleteBinding("orders-api");
    team.awaitNoBinding("orders-api");

    assertThat(exchange(token)).startsWith("401").contains("AADSTS70025");
  }

  /** As somebody in the portal would change the one credential of the identity. */
  private void replaceCredential(String issuer, String subject) {
    var binding = team.binding("orders-api").federatedCredentials().getFirst();
    team.azure()
        .control()
        .outOfBand()
        .putCredential(new Scope(binding.identity()), binding.name(), issuer, subject, AUDIENCE);
  }

  private String token(String account, String audience) {
    var request = new TokenRequestBuilder().withNewSpec().withAudiences(audience).endSpec().build();
    return team.kubectl()
        .serviceAccounts()
        .inNamespace(team.name())
        .withName(account)
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }

  /** Status and body of the answer to a client assertion. */
  private String exchange(String assertion) throws IOException, InterruptedException {
    var azure = team.azure();
    var form =
        "grant_type=client_credentials&client_id=%s&scope=%s&client_assertion_type=%s&client_assertion=%s"
            .formatted(
                requireNonNull(team.identity("orders").clientId()),
                encoded(azure.armEndpoint() + "/.default"),
                encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                encoded(assertion));
    var request =
        HttpRequest.newBuilder(
                URI.create(azure.authorityHost() + azure.tenantId() + "/oauth2/v2.0/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    var tls = TrustedCertificates.ofPem(azure.caPem()).clientContext();
    try (var client = HttpClient.newBuilder().sslContext(tls).build()) {
      var answer = client.send(request, BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
