package dev.managedidentity.dev.emulator.entra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.managedidentity.dev.emulator.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The published keys of external issuers, fetched over HTTPS and kept; an unknown key id makes it
 * look again, because issuers rotate.
 */
final class IssuerKeys {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final IssuerTrust trust;
  private final Map<String, JWKSet> known = new ConcurrentHashMap<>();

  IssuerKeys(IssuerTrust trust) {
    this.trust = trust;
  }

  /** The issuer's key of this id; empty when it publishes none. */
  Optional<JWK> find(String issuer, String keyId) {
    var kept = Optional.ofNullable(known.get(issuer)).map(keys -> keys.getKeyByKeyId(keyId));
    if (kept.isPresent()) {
      return kept;
    }
    var fresh = fetch(issuer);
    known.put(issuer, fresh);
    return Optional.ofNullable(fresh.getKeyByKeyId(keyId));
  }

  private JWKSet fetch(String issuer) {
    try {
      var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
      var document = Json.parse(get(base + "/.well-known/openid-configuration"));
      if (!document.path("issuer").asText().equals(issuer)) {
        throw new EntraRefusal(EntraErrors.issuerUnreachable());
      }
      return JWKSet.parse(get(document.path("jwks_uri").asText()));
    } catch (JsonProcessingException | ParseException e) {
      throw new EntraRefusal(EntraErrors.issuerUnreachable());
    }
  }

  private String get(String address) {
    try {
      var target = URI.create(address);
      if (!"https".equals(target.getScheme())) {
        throw new EntraRefusal(EntraErrors.issuerUnreachable());
      }
      var request = HttpRequest.newBuilder(target).timeout(PATIENCE).build();
      var response = trust.client().send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new EntraRefusal(EntraErrors.issuerUnreachable());
      }
      return response.body();
    } catch (IOException | IllegalArgumentException e) {
      throw new EntraRefusal(EntraErrors.issuerUnreachable());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EntraRefusal(EntraErrors.issuerUnreachable());
    }
  }
}
