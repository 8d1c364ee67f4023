package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.dev.emulator.arm.ArmPath.Level;
import dev.managedidentity.dev.emulator.arm.ProviderType.Trait;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.AzureResource;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Resources of all types that the emulator knows only as documents with identities: they are kept
 * as written and do nothing.
 */
final class GenericResources {
  private final Cloud cloud;
  private final Providers providers;
  private final IdentityAssignment assignment;
  private final ResourceChanges changes;
  private final ResourceJson json;

  GenericResources(
      Cloud cloud,
      Providers providers,
      IdentityAssignment assignment,
      ResourceChanges changes,
      ResourceJson json) {
    this.cloud = cloud;
    this.providers = providers;
    this.assignment = assignment;
    this.changes = changes;
    this.json = json;
  }

  List<Route> routes() {
    return providers.ofResources().stream().flatMap(this::routes).toList();
  }

  private Stream<Route> routes(ProviderType type) {
    var group = Set.of(Level.GROUP);
    var name = type.fullName();
    return Stream.of(
        Route.of(OperationKind.WRITE, "PUT", name, group, call -> put(call, type)),
        Route.of(OperationKind.WRITE, "PATCH", name, group, call -> patch(call, type)),
        Route.of(OperationKind.READ, "GET", name, group, this::get),
        Route.of(OperationKind.DELETE, "DELETE", name, group, this::delete));
  }

  private Reply put(ArmCall call, ProviderType type) {
    var body = content(call);
    body.put("location", providers.location(body, type));
    var wish = wish(call, type, body, true);
    return cloud.atomically(
        () -> {
          var existing = cloud.resources().find(call.path().target());
          if (existing.isEmpty()) {
            var empty = AzureResource.of(call.path().target(), type.fullName(), body);
            return changes.create(call, empty, resource -> withIdentity(resource, wish));
          }
          requireMatch(call, type, existing.get());
          refuseMove(existing.get(), body);
          return changes.update(
              call, existing.get(), resource -> withIdentity(resource.with(body), wish));
        });
  }

  private Reply patch(ArmCall call, ProviderType type) {
    var body = content(call);
    var wish = wish(call, type, body, false);
    return cloud.atomically(
        () -> {
          var existing = existing(call);
          requireMatch(call, type, existing);
          if (body.has("location")) {
            body.put("location", providers.location(body, type));
            refuseMove(existing, body);
          }
          return changes.update(
              call, existing, resource -> withIdentity(patched(resource, body), wish));
        });
  }

  private AzureResource withIdentity(AzureResource resource, Optional<ResourceIdentityWish> wish) {
    return wish.map(wanted -> resource.with(assignment.fulfilled(resource, wanted)))
        .orElse(resource);
  }

  /** Tags are replaced as a whole; everything else is merged. */
  private static AzureResource patched(AzureResource resource, ObjectNode patch) {
    var content = resource.content();
    if (patch.has("tags")) {
      content.remove("tags");
    }
    return resource.with(Json.merged(content, patch));
  }

  private Reply get(ArmCall call) {
    return cloud.atomically(
        () -> {
          changes.poll(call.path().target(), call.now());
          return json.reply(200, existing(call));
        });
  }

  private Reply delete(ArmCall call) {
    return cloud.atomically(
        () -> {
          changes.forget(call.path().target());
          return Reply.empty(
              cloud.resources().remove(call.path().target()).isPresent() ? 200 : 204);
        });
  }

  private AzureResource existing(ArmCall call) {
    var id = call.path().target();
    return cloud.resources().find(id).orElseThrow(() -> new ArmRefusal(notFound(id)));
  }

  static ArmError notFound(Scope id) {
    return ArmErrors.resourceNotFound(
        id.resourceType().orElse("") + "/" + id.name(), id.resourceGroup().orElse(""));
  }

  private Optional<ResourceIdentityWish> wish(
      ArmCall call, ProviderType type, JsonNode body, boolean isPut) {
    if (!type.has(Trait.IDENTITY)) {
      if (body.hasNonNull("identity")) {
        throw new ArmRefusal(ResourceErrors.identityNotSupported(type.fullName()));
      }
      return Optional.empty();
    }
    var wish = ResourceIdentityWish.of(call.path().target(), body, isPut);
    wish.ifPresent(wanted -> assignment.requireRight(call, type, wanted));
    return wish;
  }

  private static void requireMatch(ArmCall call, ProviderType type, AzureResource existing) {
    call.request()
        .header("If-Match")
        .filter(_ -> type.has(Trait.ETAG))
        .filter(given -> !given.equals("*") && !given.equals(ResourceJson.etag(existing)))
        .ifPresent(
            given -> {
              throw new ArmRefusal(
                  ResourceErrors.preconditionFailed(given, ResourceJson.etag(existing)));
            });
  }

  private static void refuseMove(AzureResource existing, JsonNode body) {
    var wanted = body.path("location").asText();
    if (!existing.location().equals(wanted)) {
      throw new ArmRefusal(ArmErrors.locationChanged(existing.id(), existing.location(), wanted));
    }
  }

  private static ObjectNode content(ArmCall call) {
    Tags.of(call.body());
    return call.body().deepCopy();
  }
}
