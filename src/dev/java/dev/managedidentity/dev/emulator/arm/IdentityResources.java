package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.arm.ArmPath.Level;
import dev.managedidentity.dev.emulator.behaviour.Behaviour;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Identity;
import dev.managedidentity.dev.emulator.model.Principal;
import dev.managedidentity.dev.emulator.model.ResourceGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** User-assigned managed identities. */
final class IdentityResources {
  static final String TYPE = "Microsoft.ManagedIdentity/userAssignedIdentities";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}");

  private final Cloud cloud;
  private final Behaviour behaviour;
  private final Providers providers;
  private final Pages pages;
  private final IdentityJson json;

  IdentityResources(
      Cloud cloud, Behaviour behaviour, Providers providers, Pages pages, IdentityJson json) {
    this.cloud = cloud;
    this.behaviour = behaviour;
    this.providers = providers;
    this.pages = pages;
    this.json = json;
  }

  List<Route> routes() {
    var group = Set.of(Level.GROUP);
    var lists = Set.of(Level.GROUP, Level.SUBSCRIPTION);
    return List.of(
        Route.of(OperationKind.WRITE, "PUT", TYPE, group, this::put),
        Route.of(OperationKind.WRITE, "PATCH", TYPE, group, this::patch),
        Route.of(OperationKind.READ, "GET", TYPE, group, this::get),
        Route.of(OperationKind.DELETE, "DELETE", TYPE, group, this::delete),
        Route.of(OperationKind.LIST, "GET", TYPE, lists, this::list));
  }

  private Reply put(ArmCall call) {
    var body = call.body();
    var group = group(call);
    if (!NAME.matcher(call.path().name()).matches()) {
      throw new ArmRefusal(
          ArmErrors.invalidName(
              call.path().name(),
              "It must be 3 to 128 characters long, start with a letter or a number and contain"
                  + " only letters, numbers, '-' and '_'."));
    }
    var location = providers.location(body, providers.type(TYPE));
    var wanted = IdentityWish.of(call, body);
    return cloud.atomically(
        () -> {
          var existing = cloud.identity(call.path().target());
          existing
              .filter(identity -> !identity.location().equals(location))
              .ifPresent(
                  identity -> {
                    throw new ArmRefusal(
                        ArmErrors.locationChanged(identity.scope(), identity.location(), location));
                  });
          var identity = wanted.applyTo(existing.orElseGet(() -> create(call, group, location)));
          cloud.put(identity);
          var reply = Reply.json(existing.isPresent() ? 200 : 201, json.of(identity, call));
          return existing.isPresent() ? reply : reply.with("Location", identity.scope().path());
        });
  }

  /** A new identity comes with a principal, which other services learn of later. */
  private Identity create(ArmCall call, ResourceGroup group, String location) {
    var identity =
        new Identity(
            group,
            call.path().name(),
            location,
            Map.of(),
            "None",
            List.of(),
            UUID.randomUUID().toString(),
            UUID.randomUUID().toString());
    cloud
        .directory()
        .put(
            new Principal(
                identity.principalId(),
                identity.clientId(),
                identity.name(),
                Optional.empty(),
                Optional.of(identity.scope()),
                call.now().plus(behaviour.propagation().get().principals())));
    return identity;
  }

  private Reply patch(ArmCall call) {
    var body = call.body();
    var wanted = IdentityWish.of(call, body);
    return cloud.atomically(
        () -> {
          var identity = wanted.applyTo(existing(call));
          cloud.put(identity);
          return Reply.json(200, json.of(identity, call));
        });
  }

  private Reply get(ArmCall call) {
    return Reply.json(200, json.of(existing(call), call));
  }

  private Reply delete(ArmCall call) {
    return Reply.empty(cloud.removeIdentity(call.path().target()).isPresent() ? 200 : 204);
  }

  private Reply list(ArmCall call) {
    return pages.page(
        call,
        cloud.identitiesBelow(call.path().scope()),
        identity -> identity.scope().key(),
        identity -> json.of(identity, call));
  }

  private ResourceGroup group(ArmCall call) {
    return cloud
        .group(call.path().scope())
        .orElseThrow(
            () ->
                new ArmRefusal(
                    GatewayErrors.groupNotFound(call.path().scope().resourceGroup().orElse(""))));
  }

  private Identity existing(ArmCall call) {
    return cloud
        .identity(call.path().target())
        .orElseThrow(
            () ->
                new ArmRefusal(
                    ArmErrors.resourceNotFound(
                        TYPE + "/" + call.path().name(), group(call).name())));
  }
}
