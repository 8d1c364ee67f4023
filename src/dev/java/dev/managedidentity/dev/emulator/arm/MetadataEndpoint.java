package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.entra.Tenant;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.http.Request;
import java.util.List;

/** Tells clients of a custom cloud where to sign in, before they have any token. */
public final class MetadataEndpoint {
  private static final String OLD_VERSION = "2015-01-01";

  private final Tenant tenant;
  private final String endpoint;

  public MetadataEndpoint(Tenant tenant, String endpoint) {
    this.tenant = tenant;
    this.endpoint = endpoint;
  }

  public Reply handle(Request request) {
    if (!request.path().equalsIgnoreCase("/metadata/endpoints")) {
      return GatewayErrors.unknownPath(request.path()).reply();
    }
    return request
        .parameter("api-version")
        .map(version -> Reply.json(200, document(version)))
        .orElseGet(() -> GatewayErrors.missingApiVersion().reply());
  }

  /** The first version describes one cloud, all later ones a list of them. */
  private JsonNode document(String version) {
    var authentication =
        Json.object()
            .put("loginEndpoint", tenant.authorityHost())
            .put("tenant", tenant.id())
            .put("identityProvider", "AAD");
    authentication.set(
        "audiences", Json.texts(List.of(endpoint, "https://management.core.windows.net/")));
    var cloud =
        Json.object()
            .put("name", "AzureEmulator")
            .put("resourceManager", endpoint + "/")
            .put("portal", endpoint)
            .put("graph", endpoint)
            .put("graphEndpoint", endpoint)
            .put("microsoftGraphResourceId", "https://graph.microsoft.com/");
    cloud.set("authentication", authentication);
    cloud.set("suffixes", Json.object());
    return version.equals(OLD_VERSION) ? cloud : Json.array(List.of(cloud));
  }
}
