package dev.managedidentity.dev.emulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.model.AzureResource;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.ResourceGroup;
import dev.managedidentity.dev.emulator.model.ResourceIdentity;
import dev.managedidentity.dev.emulator.model.ResourceIdentity.UserAssigned;
import dev.managedidentity.dev.emulator.model.Scope;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Changes resources that can carry identities directly. Ids are those of Resource Manager; an id
 * that names nothing is an {@link IllegalArgumentException}, except where something is removed.
 */
public final class OutOfBandResources {
  private final Cloud cloud;
  private final InstantSource clock;

  OutOfBandResources(Cloud cloud, InstantSource clock) {
    this.cloud = cloud;
    this.clock = clock;
  }

  /** A resource without identities; it replaces one of this id, whose own identity is lost. */
  public AzureResource add(Scope id, String location) {
    return add(id, Json.object().put("location", location));
  }

  /**
   * The same with a whole body, such as Resource Manager would be sent; its identity is ignored.
   */
  public AzureResource add(Scope id, ObjectNode body) {
    var type =
        id.resourceType()
            .orElseThrow(() -> new IllegalArgumentException(id + " is no id of a resource"));
    return stored(AzureResource.of(id, type, body));
  }

  /** The resource as it is now. */
  public AzureResource get(Scope id) {
    return cloud
        .resources()
        .find(id)
        .orElseThrow(() -> new IllegalArgumentException("There is no resource " + id));
  }

  /** Replaces the tags, and nothing else. */
  public AzureResource setTags(Scope id, Map<String, String> tags) {
    return changed(
        id,
        resource -> {
          var content = resource.content();
          content.set("tags", Json.map(tags));
          return resource.with(content);
        });
  }

  public AzureResource assignIdentity(Scope id, Scope identity) {
    var assigned =
        cloud
            .identity(identity)
            .orElseThrow(() -> new IllegalArgumentException("There is no identity " + identity));
    return withIdentity(id, old -> old.with(UserAssigned.of(identity, assigned)));
  }

  public AzureResource unassignIdentity(Scope id, Scope identity) {
    return withIdentity(id, old -> old.without(identity));
  }

  /** Enables or disables the resource's own identity; a new one has another principal each time. */
  public AzureResource setSystemAssigned(Scope id, boolean enabled) {
    return withIdentity(id, old -> old.withSystemAssigned(enabled));
  }

  /** Disables the resource's own identity and enables another one, in one moment. */
  public AzureResource renewSystemAssigned(Scope id) {
    return withIdentity(id, old -> old.withSystemAssigned(false).withSystemAssigned(true));
  }

  /** Removes a resource; false when there is none. */
  public boolean delete(Scope id) {
    return cloud.resources().remove(id).isPresent();
  }

  /** Deletes the resource and makes it anew as it was, without identities. */
  public AzureResource recreate(Scope id) {
    return cloud.atomically(
        () -> {
          var old = get(id);
          cloud.resources().remove(id);
          return stored(AzureResource.of(id, old.type(), old.content()));
        });
  }

  /** Moves a resource to another group; its identities go with it, its role assignments stay. */
  public AzureResource move(Scope id, Scope group) {
    return cloud.atomically(
        () -> {
          var resource = get(id);
          var target =
              cloud
                  .group(group)
                  .map(ResourceGroup::scope)
                  .orElseThrow(() -> new IllegalArgumentException("There is no group " + group));
          var rest = id.path().substring(id.group().map(Scope::path).orElse("").length());
          return cloud
              .resources()
              .move(resource.id(), new Scope(target.path() + rest))
              .orElseThrow();
        });
  }

  /** Moves all resources of a group; user-assigned identities cannot be moved and stay. */
  public void moveAll(Scope fromGroup, Scope toGroup) {
    List.copyOf(cloud.resources().below(fromGroup)).forEach(r -> move(r.id(), toGroup));
  }

  private AzureResource withIdentity(Scope id, UnaryOperator<ResourceIdentity> change) {
    return changed(id, resource -> resource.with(change.apply(resource.identity())));
  }

  private AzureResource changed(Scope id, UnaryOperator<AzureResource> change) {
    return cloud.atomically(() -> stored(change.apply(get(id))));
  }

  private AzureResource stored(AzureResource resource) {
    cloud.resources().put(resource, clock.instant());
    return resource;
  }
}
