package dev.managedidentity.dev.emulator;

import static dev.managedidentity.dev.emulator.FederatedIdentity.SUBJECT;
import static dev.managedidentity.dev.emulator.TokenFacts.assertThatRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import dev.managedidentity.dev.emulator.behaviour.Propagation;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Workload identity federation: what is exchanged for a token, and what is refused with which code.
 */
class ClientAssertionTest {
  private static final String ARM = "https://management.azure.com/.default";

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  @RegisterExtension final FederatedIdentity orders = new FederatedIdentity(EMULATOR);

  private final OidcIssuer issuer = orders.issuer();

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private ArmClient.Reply exchange(String assertion) {
    return exchange(orders.clientId(), assertion);
  }

  private static ArmClient.Reply exchange(String clientId, String assertion) {
    return client()
        .tokenRequest(
            Map.of(
                "grant_type", "client_credentials",
                "client_id", clientId,
                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion", assertion,
                "scope", ARM));
  }

  @Test
  void exchangesATokenOfTheIssuerForOneOfTheIdentity() throws ParseException {
    var reply = exchange(issuer.token(SUBJECT));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("token_type").asText()).isEqualTo("Bearer");
    assertThat(reply.json().path("expires_in").asLong()).isPositive();
    var claims = SignedJWT.parse(reply.json().path("access_token").asText()).getJWTClaimsSet();
    var identity = EMULATOR.control().snapshot().identities().getFirst();
    assertThat(claims.getAudience()).containsExactly("https://management.azure.com");
    assertThat(claims.getStringClaim("appid")).isEqualTo(orders.clientId());
    assertThat(claims.getStringClaim("oid")).isEqualTo(identity.principalId());
    assertThat(claims.getSubject()).isEqualTo(identity.principalId());
    assertThat(claims.getStringClaim("tid")).isEqualTo(EMULATOR.azure().tenantId());
    assertThat(claims.getStringClaim("idtyp")).isEqualTo("app");
    assertThat(claims.getStringClaim("ver")).isEqualTo("1.0");
    assertThat(claims.getStringClaim("xms_mirid")).isEqualTo(identity.scope().path());
  }

  @Test
  void acceptsATokenWithoutATypeAsKubernetesWritesIt() {
    var assertion = issuer.token(issuer.key(), null, claims -> claims);

    assertThat(exchange(assertion).status()).isEqualTo(200);
  }

  @Test
  void acceptsAnEllipticKey() {
    issuer.rotate(OidcIssuer.ellipticKey("elliptic"));

    assertThat(exchange(issuer.token(SUBJECT)).status()).isEqualTo(200);
  }

  @Test
  void fetchesTheKeysOnceAndAgainWhenAKeyIsNew() {
    exchange(issuer.token(SUBJECT));
    exchange(issuer.token(SUBJECT));
    assertThat(issuer.fetches()).isEqualTo(1);

    issuer.rotate(OidcIssuer.rsaKey("second"));

    assertThat(exchange(issuer.token(SUBJECT)).status()).isEqualTo(200);
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void refusesAnAssertionOfAnotherIssuer() {
    var assertion =
        issuer.token(issuer.key(), claims -> claims.issuer("https://elsewhere.example"));

    assertThatRefusal(exchange(assertion), 700211, "https://elsewhere.example");
  }

  @Test
  void refusesAnIssuerThatDiffersByASlash() {
    var assertion = issuer.token(issuer.key(), claims -> claims.issuer(issuer.url() + "/"));

    assertThatRefusal(exchange(assertion), 700211, issuer.url() + "/");
  }

  @Test
  void refusesAnAssertionForAnotherAudience() {
    var assertion = issuer.token(issuer.key(), claims -> claims.audience("api://other"));

    assertThatRefusal(exchange(assertion), 700212, "api://other");
  }

  @Test
  void refusesAnAssertionOfAnotherSubject() {
    assertThatRefusal(
        exchange(issuer.token("system:serviceaccount:shop:payments")),
        700213,
        "system:serviceaccount:shop:payments");
  }

  @Test
  void refusesAnAssertionWhoseSubjectDiffersInCase() {
    assertThatRefusal(
        exchange(issuer.token("system:serviceaccount:Shop:orders")),
        7002138,
        "system:serviceaccount:Shop:orders");
  }

  @Test
  void refusesAnIdentityWithoutCredentials() {
    var bare = client().putIdentity("bare").json().path("properties").path("clientId").asText();

    assertThatRefusal(exchange(bare, issuer.token(SUBJECT)), 70025);
  }

  @Test
  void refusesAnUnknownClient() {
    var unknown = "11111111-2222-3333-4444-555555555555";

    assertThatRefusal(
        exchange(unknown, issuer.token(SUBJECT)), 700016, unknown, EMULATOR.azure().tenantId());
  }

  @Test
  void refusesAnExpiredAssertion() {
    var expired = Date.from(Instant.now().minusSeconds(1));

    assertThatRefusal(
        exchange(issuer.token(issuer.key(), claims -> claims.expirationTime(expired))), 700024);
  }

  @Test
  void refusesAnAssertionThatIsNotValidYet() {
    var future = Date.from(Instant.now().plusSeconds(400));

    assertThatRefusal(
        exchange(issuer.token(issuer.key(), claims -> claims.notBeforeTime(future))), 700024);
  }

  @Test
  void refusesAKeyThatTheIssuerDoesNotPublish() {
    var foreign = OidcIssuer.rsaKey("foreign");

    assertThatRefusal(
        exchange(issuer.token(foreign, claims -> claims)), 7000272, "foreign", issuer.url());
  }

  @Test
  void refusesASignatureThatDoesNotVerify() {
    var impostor = OidcIssuer.rsaKey(issuer.key().getKeyID());

    assertThatRefusal(exchange(issuer.token(impostor, claims -> claims)), 7000274);
  }

  @Test
  void refusesWhatIsNoToken() {
    assertThatRefusal(exchange("not-a-token"), 50027);
    assertThatRefusal(exchange(issuer.token(issuer.key(), claims -> claims.subject(null))), 50027);
    assertThatRefusal(
        exchange(issuer.token(issuer.key(), claims -> claims.expirationTime(null))), 50027);
  }

  @Test
  void refusesAnotherTypeOfToken() {
    var assertion = issuer.token(issuer.key(), new JOSEObjectType("at+jwt"), claims -> claims);

    assertThatRefusal(exchange(assertion), 5002727);
  }

  @Test
  void refusesAnotherAlgorithm() {
    var assertion = issuer.token(OidcIssuer.rsaKey("512", JWSAlgorithm.RS512), claims -> claims);

    assertThatRefusal(exchange(assertion), 5002730);
  }

  @Test
  void refusesWhenTheIssuerCannotBeReached() {
    issuer.close();

    assertThatRefusal(exchange(issuer.token(SUBJECT)), 90061);
  }

  @Test
  void refusesAnIssuerWhoseDocumentNamesAnother() {
    issuer.claimToBe("https://elsewhere.example");

    assertThatRefusal(exchange(issuer.token(SUBJECT)), 90061);
  }

  @Test
  void refusesAnIssuerWhoseCertificateNobodyVouchesFor() {
    try (var untrusted = new OidcIssuer()) {
      client().putCredential("orders", "untrusted", untrusted.url(), SUBJECT);

      assertThatRefusal(exchange(untrusted.token(SUBJECT)), 90061);
    }
  }

  @Test
  void doesNotKnowANewCredentialBeforeItHasPropagated() {
    EMULATOR.control().setPropagation(Propagation.IMMEDIATE.withCredentials(Duration.ofMinutes(2)));
    client().putCredential("orders", "late", issuer.url(), "late");
    assertThatRefusal(exchange(issuer.token("late")), 700213, "late");

    EMULATOR.control().advanceClock(Duration.ofMinutes(2));

    assertThat(exchange(issuer.token("late")).status()).isEqualTo(200);
  }

  @Test
  void doesNotKnowANewIdentityBeforeItHasPropagated() {
    EMULATOR.control().setPropagation(Propagation.IMMEDIATE.withPrincipals(Duration.ofSeconds(30)));
    var id = client().putIdentity("late").json().path("properties").path("clientId").asText();
    client().putCredential("late", "cluster", issuer.url(), SUBJECT);
    assertThatRefusal(exchange(id, issuer.token(SUBJECT)), 700016, id, EMULATOR.azure().tenantId());

    EMULATOR.control().advanceClock(Duration.ofSeconds(30));

    assertThat(exchange(id, issuer.token(SUBJECT)).status()).isEqualTo(200);
  }
}
