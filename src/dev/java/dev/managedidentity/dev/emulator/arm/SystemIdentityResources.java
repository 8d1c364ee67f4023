package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.arm.ArmPath.Level;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.AzureResource;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.ResourceIdentity.SystemAssigned;
import java.util.List;
import java.util.Set;

/** The system-assigned identity of a resource, as the managed identity service shows it. */
final class SystemIdentityResources {
  private static final String TYPE = "Microsoft.ManagedIdentity/identities";

  private final Cloud cloud;
  private final String tenantId;

  SystemIdentityResources(Cloud cloud, String tenantId) {
    this.cloud = cloud;
    this.tenantId = tenantId;
  }

  List<Route> routes() {
    return List.of(Route.of(OperationKind.READ, "GET", TYPE, Set.of(Level.RESOURCE), this::get));
  }

  private Reply get(ArmCall call) {
    var scope = call.path().scope();
    var resource =
        cloud
            .resources()
            .find(scope)
            .orElseThrow(() -> new ArmRefusal(GenericResources.notFound(scope)));
    return resource
        .identity()
        .system()
        .filter(_ -> call.path().name().equalsIgnoreCase("default"))
        .map(own -> Reply.json(200, json(resource, own)))
        .orElseThrow(() -> new ArmRefusal(GenericResources.notFound(call.path().target())));
  }

  private JsonNode json(AzureResource resource, SystemAssigned own) {
    var body =
        Json.object()
            .put("id", resource.id().path() + "/providers/" + TYPE + "/default")
            .put("name", "default")
            .put("type", TYPE)
            .put("location", resource.location());
    body.set("tags", Json.map(resource.tags()));
    body.set(
        "properties",
        Json.object()
            .put("tenantId", tenantId)
            .put("principalId", own.principalId())
            .put("clientId", own.clientId()));
    return body;
  }
}
