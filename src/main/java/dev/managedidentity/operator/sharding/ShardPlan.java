package dev.managedidentity.operator.sharding;

import dev.managedidentity.operator.api.AzureSpec;
import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.FederationSpec;
import dev.managedidentity.operator.api.FederationSpec.Overflow;
import dev.managedidentity.operator.api.IdentityType;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentitySpec;
import dev.managedidentity.operator.api.ManagementPolicy;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.azure.IdentityId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about the shards of a ManagedIdentity. Pure: a shard is made when a binding
 * has its place there, follows what it extends, and goes when no binding is left on it.
 */
public record ShardPlan(List<Step> steps) {
  public ShardPlan {
    steps = List.copyOf(steps);
  }

  /** One step; each can be repeated without harm. */
  public sealed interface Step {
    /** Make the shard, or make it as it is to be. */
    record Apply(String name, ManagedIdentitySpec spec) implements Step {}

    /** Delete the shard, and its identity with it. */
    record Delete(ManagedIdentity shard) implements Step {}
  }

  /**
   * The plan.
   *
   * @param shards that exist
   * @param places names of identities on which bindings have their places
   */
  public static ShardPlan of(
      ManagedIdentity parent, Collection<ManagedIdentity> shards, Set<String> places) {
    var steps = new ArrayList<Step>();
    var id = parent.getStatus() == null ? null : parent.getStatus().resourceId();
    if (parent.isMarkedForDeletion()
        || parent.getSpec().managementPolicy() == ManagementPolicy.OBSERVE
        || id == null) {
      return new ShardPlan(steps); // they go with their owner
    }
    for (var shard : shards) {
      var name = shard.getMetadata().getName();
      if (!places.contains(name) && !shard.isMarkedForDeletion()) {
        steps.add(new Step.Delete(shard));
      }
    }
    for (var place : new TreeSet<>(places)) {
      var number = number(parent, place);
      if (number >= 2) {
        var spec = spec(parent, IdentityId.parse(id), number);
        if (shards.stream().noneMatch(shard -> isAs(shard, place, spec))) {
          steps.add(new Step.Apply(place, spec));
        }
      }
    }
    return new ShardPlan(steps);
  }

  private static boolean isAs(ManagedIdentity shard, String name, ManagedIdentitySpec spec) {
    return shard.getMetadata().getName().equals(name)
        && (shard.isMarkedForDeletion() || shard.getSpec().equals(spec));
  }

  /** Number of a place; 1 for the identity itself, 0 for what is none of its places. */
  private static int number(ManagedIdentity parent, String place) {
    var name = parent.getMetadata().getName();
    if (place.equals(name)) {
      return 1;
    }
    var suffix = place.startsWith(name + "-") ? place.substring(name.length() + 1) : "";
    return suffix.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(suffix) : 0;
  }

  private static ManagedIdentitySpec spec(ManagedIdentity parent, IdentityId id, int number) {
    var spec = parent.getSpec();
    var azure = spec.azure();
    return new ManagedIdentitySpec(
        IdentityType.USER_ASSIGNED,
        null,
        new AzureSpec(
            id.name() + "-" + number,
            id.subscriptionId(),
            id.resourceGroup(),
            parent.getStatus().location(),
            azure.isolationScope(),
            azure.tags()),
        ManagementPolicy.MANAGE,
        deletion(parent),
        spec.allowedNamespaces(),
        new FederationSpec(Overflow.REFUSE),
        spec.roleAssignments());
  }

  private static DeletionPolicy deletion(ManagedIdentity parent) {
    var policy = parent.getSpec().deletionPolicy();
    return policy == null ? byDefault(parent.getStatus().ownership()) : policy;
  }

  private static DeletionPolicy byDefault(@Nullable Ownership ownership) {
    return ownership == Ownership.ADOPTED ? DeletionPolicy.RETAIN : DeletionPolicy.DELETE;
  }
}
