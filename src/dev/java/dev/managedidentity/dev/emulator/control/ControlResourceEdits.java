package dev.managedidentity.dev.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.model.AzureResource;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.Optional;

/** The control endpoint's changes to resources, their identities, and the tree above them. */
final class ControlResourceEdits {
  private final OutOfBand world;

  ControlResourceEdits(OutOfBand world) {
    this.world = world;
  }

  Optional<JsonNode> post(String what, JsonNode body) {
    return switch (what) {
      case "resources" -> shown(add(body));
      case "identity" -> shown(identity(id(body), body));
      case "recreate" -> Optional.of(recreate(body));
      case "isolation" ->
          done(world.setIsolationScope(id(body), ControlSettings.text(body, "isolationScope")));
      case "moves" -> shown(world.resources().move(id(body), scope(body, "to")));
      case "assignments" ->
          done(
              world.changeRoleAssignment(
                  ControlSettings.text(body, "name"),
                  Json.text(body, "condition"),
                  Json.text(body, "description")));
      case "roles" -> Optional.of(role(body));
      case "managementgroups" -> Optional.of(managementGroup(body));
      case "transfers" -> {
        world.transferSubscription(
            ControlSettings.text(body, "subscriptionId"), ControlSettings.text(body, "tenantId"));
        yield done(true);
      }
      default -> Optional.empty();
    };
  }

  private AzureResource add(JsonNode body) {
    return body.path("body") instanceof ObjectNode whole
        ? world.resources().add(id(body), whole)
        : world.resources().add(id(body), ControlSettings.text(body, "location"));
  }

  private AzureResource identity(Scope id, JsonNode body) {
    for (var assigned : Json.texts(body, "assign")) {
      world.resources().assignIdentity(id, new Scope(assigned));
    }
    for (var unassigned : Json.texts(body, "unassign")) {
      world.resources().unassignIdentity(id, new Scope(unassigned));
    }
    if (body.has("systemAssigned")) {
      world.resources().setSystemAssigned(id, body.path("systemAssigned").asBoolean());
    }
    return world.resources().get(id);
  }

  private JsonNode recreate(JsonNode body) {
    var id = id(body);
    if (id.key().contains("/userassignedidentities/")) {
      return ControlReads.identity(world.recreateIdentity(id, Json.map(body, "tags")));
    }
    return ControlReads.resource(world.resources().recreate(id));
  }

  private JsonNode role(JsonNode body) {
    var scopes = Json.texts(body, "assignableScopes").stream().map(Scope::new).toList();
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("A custom role needs 'assignableScopes'");
    }
    var role =
        world.defineRole(
            ControlSettings.text(body, "name"),
            Json.texts(body, "actions"),
            Json.texts(body, "dataActions"),
            scopes);
    return Json.object().put("id", role.idAt(scopes.getFirst())).put("name", role.id());
  }

  private JsonNode managementGroup(JsonNode body) {
    var name = ControlSettings.text(body, "name");
    var scope =
        Json.text(body, "parent")
            .map(parent -> world.addManagementGroup(name, parent))
            .orElseGet(() -> world.addManagementGroup(name));
    Json.texts(body, "subscriptions")
        .forEach(subscription -> world.placeSubscription(subscription, name));
    return Json.object().put("id", scope.path());
  }

  private static Scope id(JsonNode body) {
    return scope(body, "id");
  }

  private static Scope scope(JsonNode body, String field) {
    return ControlEndpoint.scope(ControlSettings.text(body, field));
  }

  private static Optional<JsonNode> shown(AzureResource resource) {
    return Optional.of(ControlReads.resource(resource));
  }

  private static Optional<JsonNode> done(boolean found) {
    return Optional.of(Json.object().put("done", found));
  }
}
