package dev.managedidentity.dev.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.managedidentity.dev.emulator.http.HttpsFront;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.http.Request;
import dev.managedidentity.dev.pki.CertificateAuthority;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An OpenID issuer over HTTPS that signs what it is told to, as a cluster's API server does. */
public final class OidcIssuer implements AutoCloseable {
  static final String AUDIENCE = "api://AzureADTokenExchange";

  // RSA keys take long to make, and these tests need no more than two.
  private static final RSAKey OWN = generated();
  private static final RSAKey FOREIGN = generated();

  private final CertificateAuthority authority = CertificateAuthority.create("Test issuer");
  private final HttpsFront front;
  private final AtomicReference<List<JWK>> published;
  private final AtomicReference<String> claimedIssuer = new AtomicReference<>("");
  private final AtomicInteger fetches = new AtomicInteger();

  public OidcIssuer() {
    var tls = authority.issueServer("localhost", List.of("localhost"), List.of("127.0.0.1"));
    this.front = HttpsFront.listen(tls.serverContext(), 0);
    this.published = new AtomicReference<>(List.of(OWN));
    this.claimedIssuer.set(url());
    front.serve(this::answer);
  }

  public String url() {
    return "https://localhost:" + front.port();
  }

  public String caPem() {
    return authority.certificatePem();
  }

  /** How often its keys were fetched. */
  int fetches() {
    return fetches.get();
  }

  /** From now on it publishes and signs with this key only. */
  void rotate(JWK key) {
    published.set(List.of(key));
  }

  JWK key() {
    return published.get().getFirst();
  }

  /** From now on its discovery document names another issuer. */
  void claimToBe(String issuer) {
    claimedIssuer.set(issuer);
  }

  private Reply answer(Request request) {
    return switch (request.path()) {
      case "/.well-known/openid-configuration" ->
          Reply.json(
              200,
              Json.map(
                  Map.of("issuer", claimedIssuer.get(), "jwks_uri", url() + "/openid/v1/jwks")));
      case "/openid/v1/jwks" -> {
        fetches.incrementAndGet();
        yield new Reply(200, Map.of(), new JWKSet(published.get()).toString());
      }
      default -> Reply.empty(404);
    };
  }

  /** A token of this subject for the federation audience, valid for ten minutes. */
  public String token(String subject) {
    return token(key(), claims -> claims.subject(subject));
  }

  /** A token with other claims than usual, signed by a key that need not be published. */
  String token(JWK key, UnaryOperator<JWTClaimsSet.Builder> change) {
    return token(key, JOSEObjectType.JWT, change);
  }

  String token(JWK key, @Nullable JOSEObjectType type, UnaryOperator<JWTClaimsSet.Builder> change) {
    var now = Instant.now();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(url())
            .subject("system:serviceaccount:shop:orders")
            .audience(AUDIENCE)
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(600)));
    var algorithm =
        key instanceof ECKey
            ? JWSAlgorithm.ES256
            : JWSAlgorithm.parse(key.getAlgorithm().getName());
    var header = new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).type(type).build();
    var token = new SignedJWT(header, change.apply(claims).build());
    try {
      token.sign(signer(key));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    return token.serialize();
  }

  private static JWSSigner signer(JWK key) throws JOSEException {
    return key instanceof ECKey elliptic
        ? new ECDSASigner(elliptic)
        : new RSASSASigner((RSAKey) key);
  }

  /** A key that no issuer starts with, under this id. */
  static JWK rsaKey(String id) {
    return rsaKey(id, JWSAlgorithm.RS256);
  }

  static JWK rsaKey(String id, JWSAlgorithm algorithm) {
    return new RSAKey.Builder(FOREIGN).keyID(id).algorithm(algorithm).build();
  }

  private static RSAKey generated() {
    try {
      return new RSAKeyGenerator(2048).keyID("first").algorithm(JWSAlgorithm.RS256).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static JWK ellipticKey(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).algorithm(JWSAlgorithm.ES256).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    front.close();
  }
}
