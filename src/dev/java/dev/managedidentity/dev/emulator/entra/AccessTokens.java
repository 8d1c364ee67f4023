package dev.managedidentity.dev.emulator.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.managedidentity.dev.emulator.model.Principal;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Issues access tokens with this emulator's own key, and recognises only those. */
public final class AccessTokens {
  private static final int REMEMBERED = 20_000;

  private final RSAKey key;
  private final RSASSASigner signer;
  private final RSASSAVerifier verifier;
  private final Tenant tenant;
  private final InstantSource clock;
  private final Map<String, Caller> verified = new ConcurrentHashMap<>();

  public AccessTokens(Tenant tenant, InstantSource clock) {
    this.tenant = tenant;
    this.clock = clock;
    try {
      key =
          new RSAKeyGenerator(2048)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyID(UUID.randomUUID().toString())
              .generate();
      signer = new RSASSASigner(key);
      verifier = new RSASSAVerifier(key);
    } catch (JOSEException e) {
      throw new IllegalStateException("This JDK has no RSA keys", e);
    }
  }

  /** How a client proved who it is, as the claim {@code appidacr} tells. */
  enum Proof {
    SECRET("1"),
    ASSERTION("2");

    private final String claim;

    Proof(String claim) {
      this.claim = claim;
    }
  }

  /** A signed token for this principal. */
  String issue(Principal principal, String audience, Proof proof, Duration lifetime) {
    var now = clock.instant();
    var claims =
        new JWTClaimsSet.Builder()
            .audience(audience)
            .issuer(tenant.versionOneIssuer())
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)))
            .subject(principal.objectId())
            .claim("aio", UUID.randomUUID().toString())
            .claim("appid", principal.clientId())
            .claim("azp", principal.clientId())
            .claim("appidacr", proof.claim)
            .claim("idp", tenant.versionOneIssuer())
            .claim("idtyp", "app")
            .claim("oid", principal.objectId())
            .claim("tid", tenant.id())
            .claim("uti", UUID.randomUUID().toString().replace("-", "").substring(0, 22))
            .claim("ver", "1.0");
    principal.managedIdentity().ifPresent(id -> claims.claim("xms_mirid", id.path()));
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256);
    header.type(JOSEObjectType.JWT).keyID(key.getKeyID());
    var token = new SignedJWT(header.build(), claims.build());
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("The access token could not be signed", e);
    }
    return token.serialize();
  }

  /**
   * Whom the token belongs to; empty when this emulator did not issue it. Expiry is the caller's.
   */
  public Optional<Caller> read(String token) {
    var remembered = verified.get(token);
    if (remembered != null) {
      return Optional.of(remembered);
    }
    var caller = verify(token);
    caller.ifPresent(
        found -> {
          if (verified.size() >= REMEMBERED) {
            verified.clear();
          }
          verified.put(token, found);
        });
    return caller;
  }

  private Optional<Caller> verify(String token) {
    try {
      var jwt = SignedJWT.parse(token);
      if (!jwt.verify(verifier)) {
        return Optional.empty();
      }
      var claims = jwt.getJWTClaimsSet();
      Instant expiry = claims.getExpirationTime().toInstant();
      return Optional.of(
          new Caller(
              claims.getStringClaim("oid"),
              claims.getStringClaim("appid"),
              claims.getAudience().getFirst(),
              expiry));
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  /** The public half of the key, as the keys endpoint publishes it. */
  String publicKeys() {
    return new JWKSet(key.toPublicJWK()).toString();
  }
}
