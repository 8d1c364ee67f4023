package dev.managedidentity.dev.emulator;

import static dev.managedidentity.dev.emulator.TokenFacts.assertThatRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The public face of the emulated Entra: documents, keys and clients with a secret. */
class TokenEndpointTest {
  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private static Map<String, String> form() {
    return new HashMap<>(
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            EMULATOR.azure().clientId(),
            "client_secret",
            EMULATOR.azure().clientSecret(),
            "scope",
            "https://management.azure.com/.default"));
  }

  private static ArmClient.Reply request(String field, String value) {
    var form = form();
    form.put(field, value);
    return EMULATOR.client().tokenRequest(form);
  }

  private static ArmClient.Reply requestWithout(String field) {
    var form = form();
    form.remove(field);
    return EMULATOR.client().tokenRequest(form);
  }

  private static ArmClient.Reply get(String path) {
    return EMULATOR
        .client()
        .send(HttpRequest.newBuilder(URI.create(EMULATOR.azure().authorityHost() + path)));
  }

  @Test
  void issuesATokenThatThePublishedKeysVerify() throws ParseException, JOSEException {
    var document = get(EMULATOR.azure().tenantId() + "/.well-known/openid-configuration").json();
    var keys =
        EMULATOR
            .client()
            .send(HttpRequest.newBuilder(URI.create(document.path("jwks_uri").asText())))
            .text();

    var token =
        SignedJWT.parse(
            EMULATOR.client().tokenRequest(form()).json().path("access_token").asText());

    var key = JWKSet.parse(keys).getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
    assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
    assertThat(key.isPrivate()).isFalse();
    assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(document.path("issuer").asText());
    assertThat(token.getJWTClaimsSet().getStringClaim("xms_mirid")).isNull();
  }

  @Test
  void publishesItsDiscoveryDocument() {
    var document =
        get(EMULATOR.azure().tenantId() + "/v2.0/.well-known/openid-configuration").json();

    assertThat(document.path("token_endpoint").asText())
        .isEqualTo(
            EMULATOR.azure().authorityHost() + EMULATOR.azure().tenantId() + "/oauth2/v2.0/token");
    assertThat(document.path("issuer").asText())
        .isEqualTo(EMULATOR.azure().authorityHost() + EMULATOR.azure().tenantId() + "/v2.0");
    assertThat(get("common/discovery/instance").json().path("metadata")).hasSize(1);
  }

  @Test
  void acceptsTheSecretInTheHeader() {
    var pair = EMULATOR.azure().clientId() + ":" + EMULATOR.azure().clientSecret();
    var basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    var target =
        EMULATOR.azure().authorityHost() + EMULATOR.azure().tenantId() + "/oauth2/v2.0/token";

    var reply =
        EMULATOR
            .client()
            .send(
                HttpRequest.newBuilder(URI.create(target))
                    .header("Authorization", "Basic " + basic)
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "grant_type=client_credentials&scope=https://vault.azure.net/.default")));

    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void refusesAWrongSecret() {
    assertThatRefusal(request("client_secret", "guess"), 7000215);
  }

  @Test
  void refusesAnUnknownTenant() {
    assertThatRefusal(EMULATOR.client().tokenRequest("contoso", form()), 90002, "contoso");
  }

  @Test
  void refusesAnUnknownClient() {
    assertThatRefusal(
        request("client_id", "nobody"), 700016, "nobody", EMULATOR.azure().tenantId());
  }

  @Test
  void refusesWhatIsIncomplete() {
    assertThatRefusal(requestWithout("grant_type"), 900144, "grant_type");
    assertThatRefusal(requestWithout("client_id"), 900144, "client_id");
    assertThatRefusal(requestWithout("client_secret"), 7000218);
    assertThatRefusal(requestWithout("scope"), 90014);
    assertThatRefusal(request("client_assertion", "token"), 900144, "client_assertion_type");
  }

  @Test
  void refusesOtherGrants() {
    assertThatRefusal(request("grant_type", "password"), 70003, "password");
  }

  @Test
  void refusesScopesThatAreNotOneWholeResource() {
    assertThatRefusal(
        request("scope", "https://management.azure.com/user_impersonation"),
        1002012,
        "https://management.azure.com/user_impersonation");
    assertThatRefusal(request("scope", "https://a/.default https://b/.default"), 70011);
  }

  @Test
  void echoesTheCorrelationIdOfTheClient() {
    var target =
        EMULATOR.azure().authorityHost() + EMULATOR.azure().tenantId() + "/oauth2/v2.0/token";
    var id = "0f8fad5b-d9cb-469f-a165-70867728950e";

    var reply =
        EMULATOR
            .client()
            .send(
                HttpRequest.newBuilder(URI.create(target))
                    .header("client-request-id", id)
                    .POST(HttpRequest.BodyPublishers.ofString("grant_type=none")));

    assertThat(reply.header("client-request-id")).contains(id);
    assertThat(reply.json().path("correlation_id").asText()).isEqualTo(id);
  }

  @Test
  void answersOnlyPostsAtTheTokenEndpointAndNothingElsewhere() {
    assertThat(get(EMULATOR.azure().tenantId() + "/oauth2/v2.0/token").status()).isEqualTo(405);
    assertThat(get(EMULATOR.azure().tenantId() + "/oauth2/v2.0/authorize").status()).isEqualTo(404);
  }
}
