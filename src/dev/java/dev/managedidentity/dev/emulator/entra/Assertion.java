package dev.managedidentity.dev.emulator.entra;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client assertion that is well formed; nothing of what it says is proven yet. */
record Assertion(
    SignedJWT token,
    String issuer,
    String subject,
    List<String> audiences,
    Instant validFrom,
    Instant expiry) {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  Assertion {
    audiences = List.copyOf(audiences);
  }

  /** Reads the assertion or refuses it as malformed. */
  static Assertion parse(String text) {
    try {
      var token = SignedJWT.parse(text);
      refuseForeignHeaders(token);
      var claims = token.getJWTClaimsSet();
      var validFrom =
          Optional.ofNullable(claims.getNotBeforeTime())
              .or(() -> Optional.ofNullable(claims.getIssueTime()))
              .orElse(Date.from(Instant.EPOCH));
      return new Assertion(
          token,
          required("iss", claims.getIssuer()),
          required("sub", claims.getSubject()),
          required("aud", claims.getAudience().isEmpty() ? null : claims.getAudience()),
          validFrom.toInstant(),
          required("exp", claims.getExpirationTime()).toInstant());
    } catch (ParseException e) {
      throw new EntraRefusal(EntraErrors.malformedAssertion("It cannot be decoded."));
    }
  }

  /** Kubernetes sets no type at all, which Entra accepts. */
  private static void refuseForeignHeaders(SignedJWT token) {
    var header = token.getHeader();
    var type = header.getType();
    if (type != null
        && !type.equals(JOSEObjectType.JWT)
        && !type.getType().equals("http://openid.net/specs/jwt/1.0")) {
      throw new EntraRefusal(EntraErrors.wrongHeaderType());
    }
    if (!ALGORITHMS.contains(header.getAlgorithm())) {
      throw new EntraRefusal(EntraErrors.wrongAlgorithm());
    }
  }

  private static <T> T required(String claim, @Nullable T value) {
    if (value == null) {
      throw new EntraRefusal(
          EntraErrors.malformedAssertion("The claim '" + claim + "' is missing."));
    }
    return value;
  }

  /** The id of the key that it claims to be signed with. */
  String keyId() {
    return Optional.ofNullable(token.getHeader().getKeyID()).orElse("");
  }
}
