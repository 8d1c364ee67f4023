package dev.managedidentity.dev.emulator.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.dev.emulator.http.Json;
import java.net.URI;
import java.util.List;

/** The public documents of the tenant. */
record EntraDocuments(Tenant tenant) {

  /** OpenID discovery, for tokens of version 1 or 2; both are signed by the same keys. */
  ObjectNode discovery(boolean versionTwo) {
    var base = tenant.authorityHost() + tenant.id();
    var version = versionTwo ? "/v2.0" : "";
    var document =
        Json.object()
            .put("token_endpoint", base + "/oauth2" + version + "/token")
            .put("jwks_uri", base + "/discovery" + version + "/keys")
            .put("issuer", versionTwo ? tenant.versionTwoIssuer() : tenant.versionOneIssuer())
            .put("authorization_endpoint", base + "/oauth2" + version + "/authorize")
            .put("device_authorization_endpoint", base + "/oauth2" + version + "/devicecode")
            .put("end_session_endpoint", base + "/oauth2" + version + "/logout")
            .put("request_uri_parameter_supported", false);
    document.set(
        "token_endpoint_auth_methods_supported",
        Json.texts(List.of("client_secret_post", "private_key_jwt", "client_secret_basic")));
    document.set("response_modes_supported", Json.texts(List.of("query", "fragment", "form_post")));
    document.set("subject_types_supported", Json.texts(List.of("pairwise")));
    document.set("id_token_signing_alg_values_supported", Json.texts(List.of("RS256")));
    document.set("response_types_supported", Json.texts(List.of("code", "id_token", "token")));
    document.set("scopes_supported", Json.texts(List.of("openid", "profile", "offline_access")));
    return document;
  }

  /** Instance discovery: this authority is the only one it knows. */
  ObjectNode instances() {
    var host = URI.create(tenant.authorityHost()).getAuthority();
    var metadata = Json.object().put("preferred_network", host).put("preferred_cache", host);
    metadata.set("aliases", Json.texts(List.of(host)));
    var document =
        Json.object()
            .put(
                "tenant_discovery_endpoint",
                tenant.versionTwoIssuer() + "/.well-known/openid-configuration")
            .put("api-version", "1.1");
    document.set("metadata", Json.array(List.of(metadata)));
    return document;
  }
}
