package dev.managedidentity.operator.identity;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.IsolationScope;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.RoleAssignmentSpec;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.identity.IdentityFacts.Existing;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.identity.IdentityFacts.Lifetime;
import dev.managedidentity.operator.identity.IdentityFacts.Role;
import dev.managedidentity.operator.ownership.DerivedNames;
import dev.managedidentity.operator.ownership.Owner;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads all facts about one ManagedIdentity, each once. Azure is asked only for what nothing else
 * tells: who owns an identity whose name the user chose, and role definitions by name.
 */
final class IdentityObserver {
  private final AzureGateway azure;
  private final AzureDefaults defaults;
  private final String cluster;

  IdentityObserver(AzureGateway azure, AzureDefaults defaults, String cluster) {
    this.azure = azure;
    this.defaults = defaults;
    this.cluster = cluster;
  }

  /** The facts, given the newest known status and who uses the identity. */
  IdentityFacts observe(
      ManagedIdentity resource, ManagedIdentityStatus status, List<IdentityFacts.User> users) {
    var metadata = resource.getMetadata();
    var owner = new Owner(cluster, metadata.getNamespace(), metadata.getName(), metadata.getUid());
    var lifetime =
        new Lifetime(
            metadata.getGeneration(),
            resource.isMarkedForDeletion(),
            requireNonNullElse(resource.getSpec().deletionPolicy(), DeletionPolicy.DELETE));
    var goal = goal(resource, owner, status);
    return new IdentityFacts(
        owner,
        lifetime,
        goal,
        status,
        isKept(lifetime, users) ? new Existing.NotAsked() : existing(goal, owner, lifetime, status),
        roles(resource, goal, lifetime, status),
        users,
        Set.of());
  }

  private Goal goal(ManagedIdentity resource, Owner owner, ManagedIdentityStatus status) {
    var azureSpec = resource.getSpec().azure();
    var tags = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER); // as Azure compares
    tags.putAll(azureSpec.tags());
    defaults.tags().forEach(tags::putIfAbsent);
    tags.putAll(owner.tags());
    var isRegional = azureSpec.isolationScope() == IsolationScope.REGIONAL;
    if (status.resourceId() != null) { // decided once; a changed default moves nothing
      var region = requireNonNull(status.location(), "named together with the resource");
      return new Goal.Defined(
          new IdentityDefinition(IdentityId.parse(status.resourceId()), region, isRegional, tags));
    }
    var subscription = either(azureSpec.subscriptionId(), defaults.subscriptionId());
    var group = either(azureSpec.resourceGroup(), defaults.resourceGroup());
    var location = either(azureSpec.location(), defaults.location());
    if (subscription == null || group == null || location == null) {
      return new Goal.Undefined(incomplete(subscription, group, location));
    }
    var name = azureSpec.name() == null ? DerivedNames.identity(owner) : azureSpec.name();
    return new Goal.Defined(
        new IdentityDefinition(
            new IdentityId(subscription, group, name), location, isRegional, tags));
  }

  private static Problem incomplete(
      @Nullable String subscription, @Nullable String group, @Nullable String location) {
    var missing = new LinkedHashMap<String, @Nullable String>();
    missing.put("spec.azure.subscriptionId", subscription);
    missing.put("spec.azure.resourceGroup", group);
    missing.put("spec.azure.location", location);
    missing.values().removeIf(value -> value != null);
    return new Problem.Rejected(
        Reason.CONFIGURATION_INCOMPLETE,
        "Neither the spec nor the operator's configuration says "
            + String.join(", ", missing.keySet())
            + ".");
  }

  /** Whether it is being deleted and nothing of it will be, not now at least. */
  private static boolean isKept(Lifetime lifetime, List<IdentityFacts.User> users) {
    return lifetime.isDeleting()
        && (lifetime.policy() == DeletionPolicy.RETAIN || !users.isEmpty());
  }

  /**
   * A derived name can be nobody else's. A chosen one is asked about before the first write, and
   * again before it is deleted: somebody may have put another identity in its place.
   */
  private Existing existing(
      Goal goal, Owner owner, Lifetime lifetime, ManagedIdentityStatus status) {
    if (!(goal instanceof Goal.Defined(IdentityDefinition definition))
        || definition.id().name().equals(DerivedNames.identity(owner))
        || (status.clientId() != null && !lifetime.isDeleting())
        || (status.resourceId() == null && lifetime.isDeleting())) {
      return new Existing.NotAsked();
    }
    return switch (azure.findIdentity(definition.id())) {
      case Answer.Failed<Optional<AzureIdentity>> failed -> new Existing.Unknown(failed.problem());
      case Answer.Done<Optional<AzureIdentity>> done ->
          done.value().map(found -> existing(found, owner)).orElse(new Existing.Absent());
    };
  }

  private static Existing existing(AzureIdentity found, Owner owner) {
    return Owner.ofTags(found.tags())
        .map(
            other ->
                other.isSameResource(owner)
                    ? new Existing.Ours()
                    : new Existing.Foreign("belongs to " + other))
        .orElse(new Existing.Foreign("carries no owner's tags"));
  }

  private Map<RoleAssignmentSpec, Role> roles(
      ManagedIdentity resource, Goal goal, Lifetime lifetime, ManagedIdentityStatus status) {
    var roles = new LinkedHashMap<RoleAssignmentSpec, Role>();
    for (var wanted : resource.getSpec().roleAssignments()) {
      var isSettled =
          lifetime.isDeleting()
              || goal instanceof Goal.Undefined
              || status.roleAssignments().stream()
                  .anyMatch(
                      entry ->
                          entry.isSameGrant(wanted.role(), wanted.scope())
                              && entry.state() != RoleAssignmentStatus.State.REFUSED);
      roles.put(wanted, isSettled ? new Role.NotAsked() : role(wanted));
    }
    return roles;
  }

  private Role role(RoleAssignmentSpec wanted) {
    if (wanted.role().startsWith("/")) {
      return new Role.Found(wanted.role());
    }
    return switch (azure.findRole(wanted.scope(), wanted.role())) {
      case Answer.Done<String>(String id, var _) -> new Role.Found(id);
      case Answer.Failed<String>(Problem problem, var _) -> new Role.NotFound(problem);
    };
  }

  private static @Nullable String either(@Nullable String first, @Nullable String second) {
    return first == null ? second : first;
  }
}
