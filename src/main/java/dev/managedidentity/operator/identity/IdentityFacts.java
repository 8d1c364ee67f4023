package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ManagementPolicy;
import dev.managedidentity.operator.api.RoleAssignmentSpec;
import dev.managedidentity.operator.api.WorkloadRef;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.ownership.Owner;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Urgency;
import dev.managedidentity.operator.sharding.ShardPlan;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a plan for one ManagedIdentity may depend on, read once.
 *
 * @param goal what the Azure resource should be, or why nobody can tell
 * @param status what is known of Azure: every object that may exist is named here
 * @param existing what stands at the name in Azure; asked only when it could be somebody else's
 * @param roles the role assignments asked for, each with its role definition or why it has none
 * @param uses who uses the identity in Kubernetes
 * @param effects whether its roles are in force
 * @param drift what others changed in Azure
 * @param tried what was first named in this very pass: a definite refusal of it leaves nothing
 */
record IdentityFacts(
    Owner owner,
    Lifetime lifetime,
    Goal goal,
    ManagedIdentityStatus status,
    Existing existing,
    Map<RoleAssignmentSpec, Role> roles,
    Uses uses,
    RoleEffects effects,
    Drift drift,
    Set<String> tried) {

  IdentityFacts {
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles)); // in the spec's order
    tried = Set.copyOf(tried);
  }

  /**
   * Whether the resource lives, how far the operator goes, and what stays when it does not live.
   */
  record Lifetime(
      long generation, boolean isDeleting, ManagementPolicy management, DeletionPolicy deletion) {
    boolean isObserved() {
      return management == ManagementPolicy.OBSERVE;
    }
  }

  /**
   * Who uses the identity in Kubernetes.
   *
   * @param users the IdentityBindings that have, or may have, something on the identity
   * @param workload the workload that owns it
   * @param ownBinding the IdentityBinding that the operator made for that workload
   * @param capacity how full it is
   */
  record Uses(
      List<User> users, Workload workload, Optional<OwnBinding> ownBinding, Capacity capacity) {
    Uses {
      users = List.copyOf(users);
    }
  }

  /**
   * An IdentityBinding that uses the identity.
   *
   * @param isActive whether its credential is known to be there, not only named
   */
  record User(String name, boolean isActive) {}

  /**
   * How full the identity is.
   *
   * @param credentials federated credentials on it, those of others too
   * @param shards names of the ManagedIdentities that extend it
   * @param plan what is to be done about those
   */
  record Capacity(int credentials, List<String> shards, ShardPlan plan) {
    Capacity {
      shards = List.copyOf(shards);
    }
  }

  /** What the Azure resource should be. */
  sealed interface Goal {
    /** This. */
    record Defined(IdentityDefinition definition) implements Goal {}

    /** The system-assigned identity of this Azure resource. */
    record OfResource(String id) implements Goal {}

    /** The spec and the configuration together do not say, or do not allow it. */
    record Undefined(Problem problem) implements Goal {}
  }

  /** What stands in Azure at the identity's name, or at the id of the resource that owns it. */
  sealed interface Existing {
    /** Principal of the identity that is there, if any is. */
    default Optional<String> principal() {
      return switch (this) {
        case OfResource(AzureResource found) -> Optional.ofNullable(found.principalId());
        case Ours _, Foreign _, NotAsked _, Absent _, Unknown _ ->
            identity().map(AzureIdentity::principalId);
      };
    }

    /** The user-assigned identity that is there, if one was seen. */
    default Optional<AzureIdentity> identity() {
      return switch (this) {
        case Ours(AzureIdentity found) -> Optional.of(found);
        case Foreign foreign -> Optional.of(foreign.found());
        case OfResource _, NotAsked _, Absent _, Unknown _ -> Optional.empty();
      };
    }

    /** It was not asked: the name can only be ours, or was proven ours before. */
    record NotAsked() implements Existing {}

    /** Nothing. */
    record Absent() implements Existing {}

    /** An identity of this very resource. */
    record Ours(AzureIdentity found) implements Existing {}

    /**
     * An identity of somebody else.
     *
     * @param obstacle why it must not be taken over; empty when it may
     */
    record Foreign(AzureIdentity found, Optional<Problem> obstacle) implements Existing {}

    /** The Azure resource that owns the identity. */
    record OfResource(AzureResource found) implements Existing {}

    /** Azure did not say. */
    record Unknown(Problem problem) implements Existing {}
  }

  /** The role definition behind a role of the spec. */
  sealed interface Role {
    /** Its resource id. */
    record Found(String definitionId) implements Role {}

    /** There is none, or Azure did not say. */
    record NotFound(Problem problem) implements Role {}

    /** While the identity is only observed: somebody else made the very assignment already. */
    record MadeByAnother() implements Role {}

    /** It was not asked: the assignment is there already, or its turn has not come. */
    record NotAsked() implements Role {}

    /**
     * The guardrails do not allow it.
     *
     * @param isRemoved whether an assignment from before is removed
     */
    record Forbidden(Problem problem, boolean isRemoved) implements Role {}
  }

  /** The workload that owns the identity. */
  sealed interface Workload {
    /** The identity has no such owner. */
    record None() implements Workload {}

    /** It is not there, or cannot be read. */
    record Missing(Problem problem) implements Workload {}

    /**
     * It is there.
     *
     * @param isOwner whether Kubernetes will delete the ManagedIdentity with it
     * @param serviceAccount that its pods run as
     * @param sharers other workloads whose pods run as it
     */
    record Present(
        WorkloadRef ref, String uid, boolean isOwner, String serviceAccount, List<String> sharers)
        implements Workload {
      public Present {
        sharers = List.copyOf(sharers);
      }
    }
  }

  /** The IdentityBinding that the operator made for the owning workload. */
  record OwnBinding(String uid, String serviceAccount) {}

  /**
   * What others changed in Azure.
   *
   * @param identity the change of the identity, or of the resource that owns it
   * @param isResourceGone whether the resource that owns the identity does not exist any more
   * @param roles the changes of role assignments, by their resource ids in lower case
   */
  record Drift(Optional<Finding> identity, boolean isResourceGone, Map<String, Finding> roles) {
    static final Drift NONE = new Drift(Optional.empty(), false, Map.of());

    Drift {
      roles = Map.copyOf(roles);
    }
  }

  /** How urgent it is to act on these findings. */
  Urgency urgency(List<Finding> findings) {
    return Urgency.of(findings, status.observedGeneration(), lifetime.generation());
  }

  /** The same facts after a part of the plan was carried out. */
  IdentityFacts after(ManagedIdentityStatus now, Set<String> triedNow) {
    var all = new HashSet<>(tried);
    all.addAll(triedNow);
    return new IdentityFacts(
        owner, lifetime, goal, now, existing, roles, uses, effects, Drift.NONE, all);
  }
}
