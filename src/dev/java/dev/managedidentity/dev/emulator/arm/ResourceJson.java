package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.dev.emulator.arm.ProviderType.Trait;
import dev.managedidentity.dev.emulator.behaviour.LongRunning;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.AzureResource;

/** Resources as their services write them: what the owner wrote, and what the service adds. */
final class ResourceJson {
  private final String tenantId;
  private final Providers providers;
  private final LongRunning longRunning;

  ResourceJson(String tenantId, Providers providers, LongRunning longRunning) {
    this.tenantId = tenantId;
    this.providers = providers;
    this.longRunning = longRunning;
  }

  Reply reply(int status, AzureResource resource) {
    var reply = Reply.json(status, of(resource));
    return hasEtag(resource) ? reply.with("ETag", etag(resource)) : reply;
  }

  static String etag(AzureResource resource) {
    return "\"" + resource.version() + "\"";
  }

  private boolean hasEtag(AzureResource resource) {
    return has(resource, Trait.ETAG);
  }

  private boolean has(AzureResource resource, Trait trait) {
    return providers.find(resource.id()).filter(type -> type.has(trait)).isPresent();
  }

  JsonNode of(AzureResource resource) {
    var body = named(resource, resource.content());
    var properties = body.path("properties") instanceof ObjectNode given ? given : Json.object();
    body.set("properties", properties.put("provisioningState", provisioningState(resource)));
    if (hasEtag(resource)) {
      body.put("etag", etag(resource));
    }
    return body;
  }

  /** As in a list of all resources: without properties. */
  JsonNode brief(AzureResource resource) {
    var body = named(resource, resource.content());
    body.remove("properties");
    return body;
  }

  private ObjectNode named(AzureResource resource, ObjectNode body) {
    body.put("id", resource.id().path()).put("name", resource.name()).put("type", resource.type());
    if (!resource.identity().isNone()) {
      body.set("identity", identity(resource));
    }
    return body;
  }

  private JsonNode identity(AzureResource resource) {
    var identity = resource.identity();
    boolean compact = has(resource, Trait.COMPACT_IDENTITY_TYPE);
    var body =
        Json.object().put("type", compact ? identity.type().replace(" ", "") : identity.type());
    identity
        .system()
        .ifPresent(own -> body.put("principalId", own.principalId()).put("tenantId", tenantId));
    if (!identity.userAssigned().isEmpty()) {
      var assigned = Json.object();
      for (var one : identity.userAssigned()) {
        assigned.set(
            one.id().path(),
            Json.object().put("principalId", one.principalId()).put("clientId", one.clientId()));
      }
      body.set("userAssignedIdentities", assigned);
    }
    return body;
  }

  private String provisioningState(AzureResource resource) {
    return longRunning
        .newest(resource.id().key())
        .map(
            operation ->
                switch (operation.progress().status()) {
                  case IN_PROGRESS -> "Updating";
                  case SUCCEEDED -> "Succeeded";
                  case FAILED -> "Failed";
                })
        .orElse("Succeeded");
  }
}
