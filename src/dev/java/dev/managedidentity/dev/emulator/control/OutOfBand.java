package dev.managedidentity.dev.emulator.control;

import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Credential;
import dev.managedidentity.dev.emulator.model.Identity;
import dev.managedidentity.dev.emulator.model.Permission;
import dev.managedidentity.dev.emulator.model.Principal;
import dev.managedidentity.dev.emulator.model.ResourceGroup;
import dev.managedidentity.dev.emulator.model.RoleAssignment;
import dev.managedidentity.dev.emulator.model.RoleDefinition;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.dev.emulator.model.Subscription;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Changes what exists directly, as somebody in the portal would; all of it counts at once. */
public final class OutOfBand {
  private final Cloud cloud;
  private final InstantSource clock;
  private final OutOfBandResources resources;

  OutOfBand(Cloud cloud, InstantSource clock) {
    this.cloud = cloud;
    this.clock = clock;
    this.resources = new OutOfBandResources(cloud, clock);
  }

  public Subscription addSubscription(String id, String displayName) {
    var subscription = new Subscription(id, displayName);
    cloud.put(subscription);
    return subscription;
  }

  public ResourceGroup addResourceGroup(String subscriptionId, String name, String location) {
    var group = new ResourceGroup(subscriptionId, name, location, Map.of());
    cloud.put(group);
    return group;
  }

  /** Removes a group with all that is in it; false when there is none. */
  public boolean deleteResourceGroup(Scope scope) {
    return cloud.removeGroup(scope).isPresent();
  }

  /** An application that signs in with a secret. */
  public Principal addServicePrincipal(String displayName) {
    return principal(displayName, Optional.empty(), Optional.of("secret-" + UUID.randomUUID()));
  }

  private Principal principal(
      String displayName, Optional<Scope> managedIdentity, Optional<String> secret) {
    var principal =
        new Principal(
            UUID.randomUUID().toString(),
            UUID.randomUUID().toString(),
            displayName,
            secret,
            managedIdentity,
            clock.instant());
    cloud.directory().put(principal);
    return principal;
  }

  /** All service principals, those of managed identities too. */
  public List<Principal> principals() {
    return cloud.directory().all();
  }

  /** Grants a role by its name. */
  public RoleAssignment grant(String principalId, String role, Scope scope) {
    var assignment = Seed.assignment(cloud, principalId, role, scope, clock.instant());
    cloud.grants().put(assignment);
    return assignment;
  }

  /** Removes a role assignment by its name, a GUID; false when there is none. */
  public boolean deleteRoleAssignment(String name) {
    return cloud.grants().remove(name).isPresent();
  }

  /** A new identity in a group that exists. */
  public Identity addIdentity(Scope group, String name, String location, Map<String, String> tags) {
    return cloud.atomically(
        () -> {
          var home = existing(cloud.group(group), group);
          return fresh(new Identity(home, name, location, tags, "None", List.of(), "", ""));
        });
  }

  /** Removes an identity as Azure does, with its credentials; false when there is none. */
  public boolean deleteIdentity(Scope identity) {
    return cloud.removeIdentity(identity).isPresent();
  }

  /** Replaces the tags of an identity; false when there is none. */
  public boolean setTags(Scope identity, Map<String, String> tags) {
    return cloud.atomically(
        () -> {
          var existing = cloud.identity(identity);
          existing.ifPresent(found -> cloud.put(found.withTags(tags)));
          return existing.isPresent();
        });
  }

  /** Adds a credential to an identity, or replaces the one of this name. */
  public Credential putCredential(
      Scope identity, String name, String issuer, String subject, String audience) {
    var owner =
        cloud
            .identity(identity)
            .orElseThrow(() -> new IllegalArgumentException("There is no identity " + identity));
    var credential =
        new Credential(owner.scope(), name, issuer, subject, audience, clock.instant());
    cloud.put(credential);
    return credential;
  }

  /** Removes a credential; false when there is none. */
  public boolean deleteCredential(Scope credential) {
    return cloud.removeCredential(credential).isPresent();
  }

  /** Removes the identity and makes another one of the same id, with other ids and these tags. */
  public Identity recreateIdentity(Scope identity, Map<String, String> tags) {
    return cloud.atomically(
        () -> {
          var old = existing(cloud.removeIdentity(identity), identity);
          return fresh(old.withTags(tags));
        });
  }

  /** Stores an identity like this one, with ids of its own. */
  private Identity fresh(Identity like) {
    var principal = principal(like.name(), Optional.of(like.scope()), Optional.empty());
    var identity =
        new Identity(
            like.group(),
            like.name(),
            like.location(),
            like.tags(),
            like.isolationScope(),
            like.restrictedTo(),
            principal.clientId(),
            principal.objectId());
    cloud.put(identity);
    return identity;
  }

  /** {@code None} or {@code Regional}; false when there is no such identity. */
  public boolean setIsolationScope(Scope identity, String isolationScope) {
    return cloud.atomically(
        () -> {
          var existing = cloud.identity(identity);
          existing.ifPresent(
              found -> cloud.put(found.withIsolation(isolationScope, found.restrictedTo())));
          return existing.isPresent();
        });
  }

  /** Replaces what may be changed of a role assignment; false when there is none of this name. */
  public boolean changeRoleAssignment(
      String name, Optional<String> condition, Optional<String> description) {
    return cloud.atomically(
        () -> {
          var existing = cloud.grants().find(name);
          existing.ifPresent(found -> cloud.grants().put(found.with(condition, description)));
          return existing.isPresent();
        });
  }

  /** Adds a custom role that may be assigned at these scopes and below them. */
  public RoleDefinition defineRole(
      String roleName, List<String> actions, List<String> dataActions, List<Scope> scopes) {
    var role =
        new RoleDefinition(
            UUID.randomUUID().toString(),
            roleName,
            roleName,
            new Permission(actions, List.of(), dataActions, List.of()),
            scopes);
    cloud.grants().define(role);
    return role;
  }

  /** Adds a management group at the top, or moves it there, and returns its scope. */
  public Scope addManagementGroup(String name) {
    return cloud.managementGroups().put(name, Optional.empty());
  }

  /** The same below another group. */
  public Scope addManagementGroup(String name, String parent) {
    return cloud.managementGroups().put(name, Optional.of(parent));
  }

  /** Puts a subscription into a management group. */
  public void placeSubscription(String subscriptionId, String managementGroup) {
    cloud.managementGroups().place(subscriptionId, managementGroup);
  }

  /** Gives a subscription to another tenant: tokens of this one are refused from now on. */
  public void transferSubscription(String subscriptionId, String tenantId) {
    var old = existing(cloud.subscription(subscriptionId), Scope.subscription(subscriptionId));
    cloud.put(new Subscription(old.id(), old.displayName(), Optional.of(tenantId)));
  }

  /** The resources that can carry identities. */
  public OutOfBandResources resources() {
    return resources;
  }

  private static <T> T existing(Optional<T> found, Scope id) {
    return found.orElseThrow(() -> new IllegalArgumentException("There is no " + id));
  }
}
