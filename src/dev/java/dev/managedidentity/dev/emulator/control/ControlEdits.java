package dev.managedidentity.dev.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.Optional;

/** The control endpoint's changes to what exists. */
final class ControlEdits {
  private final OutOfBand world;
  private final ControlResourceEdits resources;

  ControlEdits(OutOfBand world) {
    this.world = world;
    this.resources = new ControlResourceEdits(world);
  }

  Optional<JsonNode> post(String what, JsonNode body) {
    return switch (what) {
      case "subscriptions" ->
          answer(
              Json.object()
                  .put("id", world.addSubscription(text(body, "id"), text(body, "name")).id()));
      case "groups" ->
          answer(
              Json.object()
                  .put(
                      "id",
                      world
                          .addResourceGroup(
                              text(body, "subscriptionId"),
                              text(body, "name"),
                              text(body, "location"))
                          .scope()
                          .path()));
      case "principals" -> answer(principal(text(body, "name")));
      case "grants" ->
          answer(
              Json.object()
                  .put(
                      "name",
                      world
                          .grant(
                              text(body, "principalId"),
                              text(body, "role"),
                              new Scope(text(body, "scope")))
                          .name()));
      case "tags" -> changed(world.setTags(scope(body, "id"), Json.map(body, "tags")));
      case "credentials" -> answer(credential(body));
      default -> resources.post(what, body);
    };
  }

  Optional<JsonNode> delete(String what, String id) {
    return switch (what) {
      case "grants" -> changed(world.deleteRoleAssignment(id));
      case "resources" -> changed(deleteResource(ControlEndpoint.scope(id)));
      default -> Optional.empty();
    };
  }

  private boolean deleteResource(Scope scope) {
    if (scope.key().contains("/federatedidentitycredentials/")) {
      return world.deleteCredential(scope);
    }
    if (!scope.key().contains("/providers/")) {
      return world.deleteResourceGroup(scope);
    }
    return world.deleteIdentity(scope) || world.resources().delete(scope);
  }

  private ObjectNode principal(String name) {
    var principal = world.addServicePrincipal(name);
    return Json.object()
        .put("clientId", principal.clientId())
        .put("objectId", principal.objectId())
        .put("clientSecret", principal.secret().orElse(""));
  }

  private ObjectNode credential(JsonNode body) {
    var credential =
        world.putCredential(
            scope(body, "identity"),
            text(body, "name"),
            text(body, "issuer"),
            text(body, "subject"),
            text(body, "audience"));
    return Json.object().put("id", credential.scope().path());
  }

  private static Scope scope(JsonNode body, String field) {
    return ControlEndpoint.scope(text(body, field));
  }

  private static String text(JsonNode body, String field) {
    return ControlSettings.text(body, field);
  }

  private static Optional<JsonNode> answer(ObjectNode body) {
    return Optional.of(body);
  }

  private static Optional<JsonNode> changed(boolean found) {
    return Optional.of(Json.object().put("done", found));
  }
}
