package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.arm.ArmPath.Level;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.RoleDefinition;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Role definitions: found by name or by id; built-in ones are the same at every scope. */
final class RoleDefinitionResources {
  static final String TYPE = "Microsoft.Authorization/roleDefinitions";
  private static final Pattern BY_NAME =
      Pattern.compile("rolename\\s+eq\\s+'(.*)'", Pattern.CASE_INSENSITIVE);
  private static final Pattern BY_TYPE =
      Pattern.compile("type\\s+eq\\s+'(.*)'", Pattern.CASE_INSENSITIVE);
  private static final Pattern BY_SCOPE =
      Pattern.compile("atscopeandbelow\\(\\)|atscope\\(\\)", Pattern.CASE_INSENSITIVE);

  private final Cloud cloud;
  private final RoleScopes scopes;
  private final Pages pages;

  RoleDefinitionResources(Cloud cloud, RoleScopes scopes, Pages pages) {
    this.cloud = cloud;
    this.scopes = scopes;
    this.pages = pages;
  }

  List<Route> routes() {
    var everywhere = Set.of(Level.values());
    return List.of(
        Route.of(OperationKind.LIST, "GET", TYPE, everywhere, this::list),
        Route.of(OperationKind.READ, "GET", TYPE, everywhere, this::get));
  }

  private Reply list(ArmCall call) {
    var filter = filter(call.request().parameter("$filter").orElse("").trim());
    var found =
        cloud.grants().definitions().stream()
            .filter(role -> scopes.isSeenFrom(role, call.path().scope()))
            .filter(filter)
            .toList();
    return pages.page(call, found, RoleDefinition::id, role -> json(role, call.path().scope()));
  }

  private static Predicate<RoleDefinition> filter(String filter) {
    if (filter.isEmpty() || BY_SCOPE.matcher(filter).matches()) {
      return _ -> true;
    }
    var byName = BY_NAME.matcher(filter);
    if (byName.matches()) {
      var name = byName.group(1).replace("''", "'");
      return role -> role.roleName().equalsIgnoreCase(name);
    }
    var byType = BY_TYPE.matcher(filter);
    if (byType.matches()) {
      return role -> byType.group(1).equalsIgnoreCase(type(role));
    }
    throw new ArmRefusal(RoleErrors.unsupportedFilter(filter));
  }

  private static String type(RoleDefinition role) {
    return role.isCustom() ? "CustomRole" : "BuiltInRole";
  }

  private Reply get(ArmCall call) {
    return cloud
        .grants()
        .definition(call.path().name())
        .map(role -> Reply.json(200, json(role, call.path().scope())))
        .orElseThrow(() -> new ArmRefusal(RoleErrors.definitionNotFound(404, call.path().name())));
  }

  private static JsonNode json(RoleDefinition role, Scope scope) {
    var properties =
        Json.object()
            .put("roleName", role.roleName())
            .put("type", type(role))
            .put("description", role.description())
            .put("createdOn", "2015-02-02T21:55:09.8806423Z")
            .put("updatedOn", "2023-11-27T22:33:25.4937171Z")
            .putNull("createdBy")
            .putNull("updatedBy");
    properties.set(
        "assignableScopes",
        Json.texts(role.assignableScopes().stream().map(Scope::toString).toList()));
    properties.set("permissions", Json.array(List.of(PermissionResources.json(role.permission()))));
    var body = Json.object().put("id", role.idAt(scope)).put("type", TYPE).put("name", role.id());
    body.set("properties", properties);
    return body;
  }
}
