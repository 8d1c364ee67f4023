package dev.managedidentity.dev.emulator.model;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Everything that exists, in memory.
 *
 * <p>Reads never block. Whoever decides on what it read and then writes does both inside {@link
 * #atomically}, so that no other writer comes between.
 */
public final class Cloud {
  private final ReentrantLock writer = new ReentrantLock();
  private final Table<Subscription> subscriptions = new Table<>();
  private final Table<ResourceGroup> groups = new Table<>();
  private final Table<Identity> identities = new Table<>();
  private final Table<Credential> credentials = new Table<>();
  private final Directory directory = new Directory();
  private final AzureResources resources = new AzureResources(directory);
  private final ManagementGroups managementGroups = new ManagementGroups();
  private final Grants grants = new Grants();

  public <T> T atomically(Supplier<T> work) {
    writer.lock();
    try {
      return work.get();
    } finally {
      writer.unlock();
    }
  }

  public Directory directory() {
    return directory;
  }

  public ManagementGroups managementGroups() {
    return managementGroups;
  }

  public AzureResources resources() {
    return resources;
  }

  public Grants grants() {
    return grants;
  }

  public void put(Subscription subscription) {
    subscriptions.put(subscription.id(), subscription);
  }

  public Optional<Subscription> subscription(String id) {
    return subscriptions.find(id);
  }

  public List<Subscription> subscriptions() {
    return subscriptions.all();
  }

  /** Removes all that exists. */
  public void clear() {
    atomically(
        () -> {
          identities.all().forEach(identity -> removeIdentity(identity.scope()));
          resources.all().forEach(resource -> resources.remove(resource.id()));
          groups.all().forEach(group -> groups.remove(group.scope().path()));
          subscriptions.all().forEach(subscription -> subscriptions.remove(subscription.id()));
          grants.clear();
          managementGroups.clear();
          directory.all().forEach(principal -> directory.remove(principal.objectId()));
          return true;
        });
  }

  public void put(ResourceGroup group) {
    groups.put(group.scope().path(), group);
  }

  public Optional<ResourceGroup> group(Scope scope) {
    return groups.find(scope.path());
  }

  public Collection<ResourceGroup> groupsOf(String subscriptionId) {
    return groups.startingWith(Scope.subscription(subscriptionId).path() + "/");
  }

  /** Removes the group with all that lies in it, the role assignments at its scopes too. */
  public Optional<ResourceGroup> removeGroup(Scope scope) {
    return atomically(
        () -> {
          List.copyOf(identitiesBelow(scope)).forEach(i -> removeIdentity(i.scope()));
          List.copyOf(resources.below(scope)).forEach(r -> resources.remove(r.id()));
          grants.all().stream()
              .filter(assignment -> scope.contains(assignment.scope()))
              .forEach(assignment -> grants.remove(assignment.name()));
          return groups.remove(scope.path());
        });
  }

  public void put(Identity identity) {
    identities.put(identity.scope().path(), identity);
  }

  public Optional<Identity> identity(Scope scope) {
    return identities.find(scope.path());
  }

  /** The identities in a subscription or a resource group. */
  public Collection<Identity> identitiesBelow(Scope scope) {
    return identities.startingWith(scope.path() + "/");
  }

  public List<Identity> identities() {
    return identities.all();
  }

  /** Removes the identity, its credentials and its principal; role assignments stay, as orphans. */
  public Optional<Identity> removeIdentity(Scope scope) {
    return atomically(
        () -> {
          var removed = identities.remove(scope.path());
          removed.ifPresent(
              identity -> {
                List.copyOf(credentialsOf(scope)).forEach(c -> removeCredential(c.scope()));
                directory.remove(identity.principalId());
              });
          return removed;
        });
  }

  public void put(Credential credential) {
    credentials.put(credential.scope().path(), credential);
  }

  public Optional<Credential> credential(Scope scope) {
    return credentials.find(scope.path());
  }

  public Collection<Credential> credentialsOf(Scope identity) {
    return credentials.startingWith(identity.path() + "/");
  }

  public List<Credential> credentials() {
    return credentials.all();
  }

  public Optional<Credential> removeCredential(Scope scope) {
    return credentials.remove(scope.path());
  }
}
