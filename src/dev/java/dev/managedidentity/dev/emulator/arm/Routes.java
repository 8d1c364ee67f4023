package dev.managedidentity.dev.emulator.arm;

import java.util.ArrayList;
import java.util.List;

/** Wires the resource types to what they stand on and collects their routes. */
final class Routes {
  private Routes() {}

  static List<Route> all(ArmService.Setting setting, Providers providers, Authoriser authoriser) {
    var cloud = setting.cloud();
    var behaviour = setting.behaviour();
    var tenantId = setting.tenant().id();
    var pages = new Pages(setting.endpoint(), behaviour.limits()::get);
    var json = new IdentityJson(tenantId);
    var scopes = new RoleScopes(cloud, providers);
    var routes = new ArrayList<Route>();
    routes.addAll(new SubscriptionResources(cloud, authoriser, providers, tenantId).routes());
    routes.addAll(
        new ResourceGroupResources(cloud, behaviour, providers, pages, setting.endpoint())
            .routes());
    routes.addAll(new ProviderResources(providers).routes());
    routes.addAll(new IdentityResources(cloud, behaviour, providers, pages, json).routes());
    routes.addAll(new CredentialResources(cloud, behaviour, providers, pages, json).routes());
    routes.addAll(new RoleDefinitionResources(cloud, scopes, pages).routes());
    routes.addAll(new RoleAssignmentResources(cloud, behaviour, scopes, pages, tenantId).routes());
    routes.addAll(ofResources(setting, providers, authoriser, pages));
    routes.addAll(new PermissionResources(authoriser).routes());
    routes.addAll(new ActivityResources(setting.journal(), pages, tenantId).routes());
    return List.copyOf(routes);
  }

  private static List<Route> ofResources(
      ArmService.Setting setting, Providers providers, Authoriser authoriser, Pages pages) {
    var cloud = setting.cloud();
    var behaviour = setting.behaviour();
    var tenantId = setting.tenant().id();
    var json = new ResourceJson(tenantId, providers, behaviour.longRunning());
    var changes = new ResourceChanges(cloud, behaviour, json, setting.endpoint());
    var assignment = new IdentityAssignment(cloud, authoriser);
    var operations = new ResourceOperations(cloud, behaviour, providers, json, setting.endpoint());
    var routes = new ArrayList<Route>();
    routes.addAll(new GenericResources(cloud, providers, assignment, changes, json).routes());
    routes.addAll(operations.routes());
    routes.addAll(new ResourceLists(cloud, providers, authoriser, pages, json).routes());
    routes.addAll(new SystemIdentityResources(cloud, tenantId).routes());
    return List.copyOf(routes);
  }
}
