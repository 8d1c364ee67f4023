package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.arm.ArmPath.Level;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.Permission;
import java.util.List;
import java.util.Set;

/**
 * The caller's own permissions at a scope. Everybody may ask, even who has no role there: the list
 * is empty then.
 */
final class PermissionResources {
  private static final String TYPE = "Microsoft.Authorization/permissions";

  private final Authoriser authoriser;

  PermissionResources(Authoriser authoriser) {
    this.authoriser = authoriser;
  }

  List<Route> routes() {
    var everywhere = Set.of(Level.values());
    return List.of(Route.of(OperationKind.LIST, "GET", TYPE, everywhere, this::list).open());
  }

  private Reply list(ArmCall call) {
    var permissions =
        authoriser.permissions(call.caller(), call.path().scope()).stream()
            .map(PermissionResources::json)
            .toList();
    return Reply.json(200, Json.object().set("value", Json.array(permissions)));
  }

  static JsonNode json(Permission permission) {
    var body = Json.object();
    body.set("actions", Json.texts(permission.actions()));
    body.set("notActions", Json.texts(permission.notActions()));
    body.set("dataActions", Json.texts(permission.dataActions()));
    body.set("notDataActions", Json.texts(permission.notDataActions()));
    return body;
  }
}
