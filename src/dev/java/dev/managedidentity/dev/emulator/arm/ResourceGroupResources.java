package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.arm.ArmPath.Level;
import dev.managedidentity.dev.emulator.behaviour.Behaviour;
import dev.managedidentity.dev.emulator.behaviour.Operation;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.ResourceGroup;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Resource groups; their deletion is the one operation here that takes its time. */
final class ResourceGroupResources {
  static final String TYPE = "Microsoft.Resources/resourceGroups";
  private static final String SHAPE = "subscriptions/{}/resourcegroups";
  private static final String RETRY_AFTER = "15";
  private static final Pattern NAME = Pattern.compile("[\\w.()-]{0,89}[\\w()-]");

  private final Cloud cloud;
  private final Behaviour behaviour;
  private final Providers providers;
  private final Pages pages;
  private final String endpoint;
  private final Map<String, Instant> deletions = new ConcurrentHashMap<>();

  ResourceGroupResources(
      Cloud cloud, Behaviour behaviour, Providers providers, Pages pages, String endpoint) {
    this.cloud = cloud;
    this.behaviour = behaviour;
    this.providers = providers;
    this.pages = pages;
    this.endpoint = endpoint;
  }

  List<Route> routes() {
    return List.of(
        route("PUT", SHAPE + "/{}", OperationKind.WRITE, this::put),
        route("PATCH", SHAPE + "/{}", OperationKind.WRITE, this::patch),
        route("GET", SHAPE + "/{}", OperationKind.READ, this::get),
        route("HEAD", SHAPE + "/{}", OperationKind.READ, this::head),
        route("DELETE", SHAPE + "/{}", OperationKind.DELETE, this::delete),
        route("GET", SHAPE, OperationKind.LIST, this::list),
        route(
                "GET",
                "subscriptions/{}/operationresults/{}",
                OperationKind.READ,
                this::deletionResult)
            .open());
  }

  private static Route route(
      String method, String shape, OperationKind kind, Function<ArmCall, Reply> handler) {
    var verb = Operation.of("", kind == OperationKind.LIST ? OperationKind.READ : kind).name();
    return new Route(
        method,
        shape,
        Set.of(Level.values()),
        TYPE,
        Operation.of("resourceGroups", kind),
        "Microsoft.Resources/subscriptions/resourceGroups" + verb,
        handler);
  }

  private Reply put(ArmCall call) {
    var body = call.body();
    var name = call.path().name();
    if (!NAME.matcher(name).matches()) {
      throw new ArmRefusal(
          ArmErrors.invalidName(
              name,
              "It must be 1 to 90 letters, numbers, '_', '-', '.', '(' or ')' and not end with"
                  + " '.'."));
    }
    var location = providers.location(body, TYPE, providers.locations().keySet());
    var tags = Tags.of(body);
    return cloud.atomically(
        () -> {
          var existing = cloud.group(call.path().target());
          existing
              .filter(group -> !group.location().equals(location))
              .ifPresent(
                  group -> {
                    throw new ArmRefusal(
                        ArmErrors.groupLocationChanged(group.location(), location));
                  });
          var subscription = call.path().target().subscriptionId().orElseThrow();
          var group =
              new ResourceGroup(
                  subscription, existing.map(ResourceGroup::name).orElse(name), location, tags);
          cloud.put(group);
          return Reply.json(existing.isPresent() ? 200 : 201, json(group));
        });
  }

  private Reply patch(ArmCall call) {
    var tags = Tags.of(call.body());
    return cloud.atomically(
        () -> {
          var old = existing(call);
          var group = new ResourceGroup(old.subscriptionId(), old.name(), old.location(), tags);
          cloud.put(group);
          return Reply.json(200, json(group));
        });
  }

  private Reply get(ArmCall call) {
    return Reply.json(200, json(existing(call)));
  }

  private Reply head(ArmCall call) {
    return Reply.empty(cloud.group(call.path().target()).isPresent() ? 204 : 404);
  }

  private Reply list(ArmCall call) {
    return pages.page(
        call,
        cloud.groupsOf(call.path().target().subscriptionId().orElseThrow()),
        group -> group.scope().key(),
        ResourceGroupResources::json);
  }

  private Reply delete(ArmCall call) {
    if (cloud.removeGroup(call.path().target()).isEmpty()) {
      throw new ArmRefusal(GatewayErrors.groupNotFound(call.path().name()));
    }
    var ticket = UUID.randomUUID().toString();
    deletions.put(ticket, call.now().plus(behaviour.propagation().get().groupDeletion()));
    return accepted(call, ticket);
  }

  private Reply deletionResult(ArmCall call) {
    var ticket = call.path().name();
    var over = deletions.get(ticket);
    if (over == null) {
      throw new ArmRefusal(GatewayErrors.unknownPath(call.path().target().path()));
    }
    return call.now().isBefore(over) ? accepted(call, ticket) : Reply.empty(200);
  }

  private Reply accepted(ArmCall call, String ticket) {
    var subscription = call.path().target().subscription().orElseThrow();
    var location =
        "%s%s/operationresults/%s?api-version=%s"
            .formatted(endpoint, subscription.path(), ticket, call.apiVersion());
    return Reply.empty(202).with("Location", location).with("Retry-After", RETRY_AFTER);
  }

  private ResourceGroup existing(ArmCall call) {
    return cloud
        .group(call.path().target())
        .orElseThrow(() -> new ArmRefusal(GatewayErrors.groupNotFound(call.path().name())));
  }

  private static JsonNode json(ResourceGroup group) {
    var body =
        Json.object()
            .put("id", group.scope().path())
            .put("name", group.name())
            .put("type", TYPE)
            .put("location", group.location());
    body.set("tags", Json.map(group.tags()));
    body.set("properties", Json.object().put("provisioningState", "Succeeded"));
    return body;
  }
}
