package dev.managedidentity.dev.emulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.http.Json;
import java.util.List;
import java.util.stream.StreamSupport;

/** The built-in roles that matter to a workload's identity, with their real GUIDs and actions. */
final class BuiltInRoles {
  private BuiltInRoles() {}

  static List<RoleDefinition> all() {
    var roles = Json.resource(BuiltInRoles.class, "/dev/managedidentity/dev/emulator/roles.json");
    return StreamSupport.stream(roles.spliterator(), false).map(BuiltInRoles::role).toList();
  }

  private static RoleDefinition role(JsonNode node) {
    return RoleDefinition.builtIn(
        node.path("id").asText(),
        node.path("name").asText(),
        node.path("description").asText(),
        new Permission(
            Json.texts(node, "actions"),
            Json.texts(node, "notActions"),
            Json.texts(node, "dataActions"),
            Json.texts(node, "notDataActions")));
  }
}
