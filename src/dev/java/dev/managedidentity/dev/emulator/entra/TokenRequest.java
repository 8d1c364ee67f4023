package dev.managedidentity.dev.emulator.entra;

import dev.managedidentity.dev.emulator.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A well-formed request for a token: who, with what proof, for which resource. */
record TokenRequest(String clientId, Proof proof, String audience) {
  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final Set<String> IGNORED_SCOPES = Set.of("openid", "profile", "offline_access");
  private static final String DEFAULT = "/.default";

  /** What the client shows to prove who it is. */
  sealed interface Proof {}

  /** A shared secret, never shown. */
  record Secret(String value) implements Proof {
    @Override
    public String toString() {
      return "Secret";
    }
  }

  /** A token that somebody else signed, never shown. */
  record SignedAssertion(String text) implements Proof {
    @Override
    public String toString() {
      return "SignedAssertion";
    }
  }

  static TokenRequest of(Request request) {
    var form = request.form();
    var basic = basicCredentials(request);
    var grantType = required(form, "grant_type");
    if (!grantType.equals("client_credentials")) {
      throw new EntraRefusal(EntraErrors.unsupportedGrant(grantType));
    }
    var clientId = basic.map(List::getFirst).orElseGet(() -> required(form, "client_id"));
    var secret = basic.map(List::getLast).or(() -> Optional.ofNullable(form.get("client_secret")));
    return new TokenRequest(clientId, proof(form, secret), audience(form.get("scope")));
  }

  private static Proof proof(Map<String, String> form, Optional<String> secret) {
    var assertion = form.get("client_assertion");
    if (assertion == null) {
      return secret
          .map(Secret::new)
          .orElseThrow(() -> new EntraRefusal(EntraErrors.missingCredential()));
    }
    if (!JWT_BEARER.equals(form.get("client_assertion_type"))) {
      throw new EntraRefusal(EntraErrors.missingParameter("client_assertion_type"));
    }
    return new SignedAssertion(assertion);
  }

  /** One resource with {@code /.default}; what MSAL adds for people's sign-ins does not count. */
  private static String audience(@Nullable String scope) {
    if (scope == null || scope.isBlank()) {
      throw new EntraRefusal(EntraErrors.missingScope());
    }
    var scopes =
        Arrays.stream(scope.trim().split("\\s+")).filter(s -> !IGNORED_SCOPES.contains(s)).toList();
    if (scopes.size() != 1) {
      throw new EntraRefusal(EntraErrors.invalidScope(scope));
    }
    var only = scopes.getFirst();
    if (!only.endsWith(DEFAULT) || only.equals(DEFAULT)) {
      throw new EntraRefusal(EntraErrors.scopeWithoutDefault(only));
    }
    return only.substring(0, only.length() - DEFAULT.length());
  }

  private static Optional<List<String>> basicCredentials(Request request) {
    return request
        .header("Authorization")
        .filter(value -> value.startsWith("Basic "))
        .map(value -> List.of(decoded(value.substring("Basic ".length())).split(":", 2)))
        .filter(parts -> parts.size() == 2);
  }

  /** What is no Base64 holds no credentials. */
  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String required(Map<String, String> form, String name) {
    var value = form.get(name);
    if (value == null || value.isBlank()) {
      throw new EntraRefusal(EntraErrors.missingParameter(name));
    }
    return value;
  }
}
