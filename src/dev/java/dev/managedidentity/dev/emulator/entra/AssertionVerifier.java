package dev.managedidentity.dev.emulator.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Proves that an assertion was signed by its issuer and is valid now. */
final class AssertionVerifier {
  /** The issuer's clock may be ahead; an expired assertion gets no such grace. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private final IssuerKeys keys;
  private final InstantSource clock;

  AssertionVerifier(IssuerKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** Returns when all is proven and refuses otherwise. */
  void verify(Assertion assertion) {
    verifySignature(assertion);
    verifyTimes(assertion, clock.instant());
  }

  private void verifySignature(Assertion assertion) {
    var keyId = assertion.keyId();
    var issuer = assertion.issuer();
    var key =
        keys.find(issuer, keyId)
            .orElseThrow(() -> new EntraRefusal(EntraErrors.unknownKey(keyId, issuer)));
    try {
      if (!assertion.token().verify(verifier(key))) {
        throw new EntraRefusal(EntraErrors.wrongSignature(keyId, issuer));
      }
    } catch (JOSEException e) {
      throw new EntraRefusal(EntraErrors.wrongAlgorithm());
    }
  }

  private static JWSVerifier verifier(JWK key) throws JOSEException {
    return switch (key) {
      case RSAKey rsa -> new RSASSAVerifier(rsa);
      case ECKey elliptic -> new ECDSAVerifier(elliptic);
      default -> throw new JOSEException("A key of type " + key.getKeyType() + " verifies nothing");
    };
  }

  private static void verifyTimes(Assertion assertion, Instant now) {
    if (now.isAfter(assertion.expiry())
        || now.plus(CLOCK_TOLERANCE).isBefore(assertion.validFrom())) {
      throw new EntraRefusal(
          EntraErrors.outsideItsTime(now, assertion.validFrom(), assertion.expiry()));
    }
  }
}
