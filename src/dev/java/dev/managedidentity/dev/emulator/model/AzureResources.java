package dev.managedidentity.dev.emulator.model;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The resources by id. The directory always has a service principal for each system-assigned
 * identity, and none for one that was disabled or whose resource is gone.
 */
public final class AzureResources {
  private final Table<AzureResource> rows = new Table<>();
  private final Directory directory;

  AzureResources(Directory directory) {
    this.directory = directory;
  }

  /** Stores the resource; other services learn of a new principal at {@code knownAt}. */
  public void put(AzureResource resource, Instant knownAt) {
    var replaced = rows.put(resource.id().path(), resource);
    replaced.ifPresent(old -> forget(old, resource.identity().system()));
    resource
        .identity()
        .system()
        .filter(own -> directory.byObjectId(own.principalId()).isEmpty())
        .ifPresent(own -> directory.put(principal(resource, own, knownAt)));
  }

  private static Principal principal(
      AzureResource resource, ResourceIdentity.SystemAssigned own, Instant knownAt) {
    return new Principal(
        own.principalId(),
        own.clientId(),
        resource.name(),
        Optional.empty(),
        Optional.of(resource.id()),
        knownAt);
  }

  private void forget(AzureResource old, Optional<ResourceIdentity.SystemAssigned> kept) {
    old.identity()
        .system()
        .filter(own -> !kept.equals(Optional.of(own)))
        .ifPresent(own -> directory.remove(own.principalId()));
  }

  public Optional<AzureResource> find(Scope id) {
    return rows.find(id.path());
  }

  /** The resources in a subscription or a resource group, or below a resource. */
  public Collection<AzureResource> below(Scope scope) {
    return rows.startingWith(scope.path() + "/");
  }

  public List<AzureResource> all() {
    return rows.all();
  }

  /** Removes the resource and those below it; their role assignments stay, as orphans. */
  public Optional<AzureResource> remove(Scope id) {
    List.copyOf(below(id)).forEach(child -> remove(child.id()));
    var removed = rows.remove(id.path());
    removed.ifPresent(resource -> forget(resource, Optional.empty()));
    return removed;
  }

  /**
   * Puts the resource under another id; its principal stays, its role assignments do not follow.
   */
  public Optional<AzureResource> move(Scope from, Scope to) {
    var moved = rows.remove(from.path());
    return moved.map(
        resource -> {
          var there = resource.at(to);
          rows.put(to.path(), there);
          return there;
        });
  }
}
