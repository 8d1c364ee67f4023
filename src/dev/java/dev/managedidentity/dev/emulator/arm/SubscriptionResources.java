package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.dev.emulator.arm.ArmPath.Level;
import dev.managedidentity.dev.emulator.behaviour.Operation;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Subscription;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Subscriptions, their locations and the tenant. */
final class SubscriptionResources {
  private static final String TYPE = "Microsoft.Resources/subscriptions";

  private final Cloud cloud;
  private final Authoriser authoriser;
  private final Providers providers;
  private final String tenantId;

  SubscriptionResources(Cloud cloud, Authoriser authoriser, Providers providers, String tenantId) {
    this.cloud = cloud;
    this.authoriser = authoriser;
    this.providers = providers;
    this.tenantId = tenantId;
  }

  List<Route> routes() {
    return List.of(
        route(
                "tenants",
                "Microsoft.Resources/tenants",
                "tenants",
                OperationKind.LIST,
                this::tenants)
            .open(),
        route("subscriptions", TYPE, "subscriptions", OperationKind.LIST, this::list).open(),
        route("subscriptions/{}", TYPE, "subscriptions", OperationKind.READ, this::get),
        route(
            "subscriptions/{}/locations",
            TYPE,
            "subscriptions/locations",
            OperationKind.LIST,
            this::locations));
  }

  private static Route route(
      String shape,
      String versions,
      String operation,
      OperationKind kind,
      Function<ArmCall, Reply> handler) {
    return new Route(
        "GET",
        shape,
        Set.of(Level.values()),
        versions,
        Operation.of(operation, kind),
        "Microsoft.Resources/" + operation + "/read",
        handler);
  }

  /** Everybody sees the subscriptions in which they have a role, and no others. */
  private Reply list(ArmCall call) {
    var seen =
        cloud.subscriptions().stream()
            .filter(subscription -> authoriser.sees(call.caller(), subscription.scope()))
            .map(this::json)
            .toList();
    var body = Json.object();
    body.set("value", Json.array(seen));
    body.set("count", Json.object().put("type", "Total").put("value", seen.size()));
    return Reply.json(200, body);
  }

  private Reply get(ArmCall call) {
    return cloud
        .subscription(call.path().name())
        .map(subscription -> Reply.json(200, json(subscription)))
        .orElseThrow(() -> new ArmRefusal(GatewayErrors.subscriptionNotFound(call.path().name())));
  }

  private ObjectNode json(Subscription subscription) {
    var body =
        Json.object()
            .put("id", subscription.scope().path())
            .put("authorizationSource", "RoleBased")
            .put("subscriptionId", subscription.id())
            .put("tenantId", tenantId)
            .put("displayName", subscription.displayName())
            .put("state", "Enabled");
    body.set("managedByTenants", Json.texts(List.of()));
    body.set(
        "subscriptionPolicies",
        Json.object()
            .put("locationPlacementId", "Public_2014-09-01")
            .put("quotaId", "PayAsYouGo_2014-09-01")
            .put("spendingLimit", "Off"));
    return body;
  }

  private Reply locations(ArmCall call) {
    var scope = call.path().target().subscription().orElseThrow();
    var locations =
        providers.locations().entrySet().stream()
            .map(
                location ->
                    Json.object()
                        .put("id", scope.path() + "/locations/" + location.getKey())
                        .put("name", location.getKey())
                        .put("type", "Region")
                        .put("displayName", location.getValue())
                        .put("regionalDisplayName", location.getValue()))
            .toList();
    return Reply.json(200, Json.object().set("value", Json.array(locations)));
  }

  private Reply tenants(ArmCall call) {
    var tenant =
        Json.object()
            .put("id", "/tenants/" + tenantId)
            .put("tenantId", tenantId)
            .put("tenantCategory", "Home")
            .put("displayName", "Emulated tenant");
    return Reply.json(200, Json.object().set("value", Json.array(List.of(tenant))));
  }
}
