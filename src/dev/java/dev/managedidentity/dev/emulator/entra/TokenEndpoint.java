package dev.managedidentity.dev.emulator.entra;

import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Answers requests for tokens: proves the client, then issues. */
final class TokenEndpoint {
  /** What Entra gives to applications, and what it gives to managed identities. */
  private static final Duration APPLICATION_LIFETIME = Duration.ofMinutes(60);

  private static final Duration IDENTITY_LIFETIME = Duration.ofHours(24);

  private final Cloud cloud;
  private final Tenant tenant;
  private final AssertionVerifier assertions;
  private final AccessTokens tokens;
  private final InstantSource clock;

  TokenEndpoint(
      Cloud cloud,
      Tenant tenant,
      AssertionVerifier assertions,
      AccessTokens tokens,
      InstantSource clock) {
    this.cloud = cloud;
    this.tenant = tenant;
    this.assertions = assertions;
    this.tokens = tokens;
    this.clock = clock;
  }

  Reply answer(TokenRequest request) {
    var principal = principal(request.clientId());
    var proof =
        switch (request.proof()) {
          case TokenRequest.Secret secret -> proveSecret(principal, secret);
          case TokenRequest.SignedAssertion assertion -> proveAssertion(principal, assertion);
        };
    var lifetime =
        principal.managedIdentity().isPresent() ? IDENTITY_LIFETIME : APPLICATION_LIFETIME;
    return Reply.json(
        200,
        Json.object()
            .put("token_type", "Bearer")
            .put("expires_in", lifetime.toSeconds() - 1)
            .put("ext_expires_in", lifetime.toSeconds() - 1)
            .put("access_token", tokens.issue(principal, request.audience(), proof, lifetime)));
  }

  private Principal principal(String clientId) {
    return cloud
        .directory()
        .byClientId(clientId)
        .filter(found -> found.isKnown(clock.instant()))
        .orElseThrow(() -> new EntraRefusal(EntraErrors.unknownClient(clientId, tenant.id())));
  }

  private static AccessTokens.Proof proveSecret(Principal principal, TokenRequest.Secret given) {
    var matches =
        principal
            .secret()
            .map(secret -> MessageDigest.isEqual(bytes(secret), bytes(given.value())))
            .orElse(false);
    if (!matches) {
      throw new EntraRefusal(EntraErrors.wrongSecret(principal.clientId()));
    }
    return AccessTokens.Proof.SECRET;
  }

  /** An issuer is contacted only when a credential names it: anybody may send any assertion. */
  private AccessTokens.Proof proveAssertion(
      Principal principal, TokenRequest.SignedAssertion given) {
    var assertion = Assertion.parse(given.text());
    var now = clock.instant();
    var effective =
        principal.managedIdentity().stream()
            .flatMap(identity -> cloud.credentialsOf(identity).stream())
            .filter(credential -> credential.isEffective(now))
            .toList();
    FederationMatch.require(assertion, List.copyOf(effective));
    assertions.verify(assertion);
    return AccessTokens.Proof.ASSERTION;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
