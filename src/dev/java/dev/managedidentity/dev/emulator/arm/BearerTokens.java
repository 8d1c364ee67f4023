package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.entra.AccessTokens;
import dev.managedidentity.dev.emulator.entra.Caller;
import dev.managedidentity.dev.emulator.entra.Tenant;
import dev.managedidentity.dev.emulator.http.Request;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tells who calls, from the bearer token of the request, or refuses with 401 and a challenge. */
final class BearerTokens {
  private static final String SCHEME = "bearer ";

  private final AccessTokens tokens;
  private final Tenant tenant;
  private final InstantSource clock;
  private final List<String> audiences;

  BearerTokens(AccessTokens tokens, Tenant tenant, String armEndpoint, InstantSource clock) {
    this.tokens = tokens;
    this.tenant = tenant;
    this.clock = clock;
    this.audiences =
        List.of("https://management.core.windows.net", "https://management.azure.com", armEndpoint);
  }

  List<String> audiences() {
    return audiences;
  }

  /** Who says to call, without a refusal; for logs only. */
  Optional<Caller> peek(Request request) {
    return request
        .header("Authorization")
        .filter(header -> header.length() > SCHEME.length())
        .flatMap(header -> tokens.read(header.substring(SCHEME.length()).trim()));
  }

  Caller authenticate(Request request) {
    var header =
        request
            .header("Authorization")
            .orElseThrow(
                () -> refusal(GatewayErrors.missingToken(), "missing 'Authorization' header"));
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw refusal(GatewayErrors.wrongScheme(), "invalid 'Authorization' header");
    }
    var caller =
        tokens
            .read(header.substring(SCHEME.length()).trim())
            .orElseThrow(() -> refusal(GatewayErrors.invalidToken(), "an invalid access token"));
    var audience = caller.audience().replaceFirst("/+$", "");
    if (audiences.stream().noneMatch(audience::equalsIgnoreCase)) {
      throw refusal(GatewayErrors.wrongAudience(caller.audience(), audiences), "a wrong audience");
    }
    var now = clock.instant();
    if (now.isAfter(caller.expiry())) {
      throw refusal(GatewayErrors.expiredToken(caller.expiry(), now), "an expired access token");
    }
    return caller;
  }

  private ArmRefusal refusal(ArmError error, String because) {
    return new ArmRefusal(
        error.with(
            "WWW-Authenticate",
            "Bearer authorization_uri=\"%s%s\", error=\"invalid_token\", error_description=\"The authentication failed because of %s.\""
                .formatted(tenant.authorityHost(), tenant.id(), because)));
  }
}
