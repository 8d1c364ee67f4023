package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.RoleAssignmentSpec;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.ownership.Owner;
import dev.managedidentity.operator.plan.Problem;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a plan for one ManagedIdentity may depend on, read once.
 *
 * @param goal what the Azure resource should be, or why nobody can tell
 * @param status what is known of Azure: every object that may exist is named here
 * @param existing what stands at the name in Azure; asked only when it could be somebody else's
 * @param roles the role assignments asked for, each with its role definition or why it has none
 * @param users the IdentityBindings that have, or may have, a credential on the identity
 * @param tried what was first named in this very pass: a definite refusal of it leaves nothing
 */
record IdentityFacts(
    Owner owner,
    Lifetime lifetime,
    Goal goal,
    ManagedIdentityStatus status,
    Existing existing,
    Map<RoleAssignmentSpec, Role> roles,
    List<User> users,
    Set<String> tried) {

  IdentityFacts {
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles)); // in the spec's order
    users = List.copyOf(users);
    tried = Set.copyOf(tried);
  }

  /** Whether the resource lives, and what is to stay when it does not. */
  record Lifetime(long generation, boolean isDeleting, DeletionPolicy policy) {}

  /**
   * An IdentityBinding that uses the identity.
   *
   * @param isActive whether its credential is known to be there, not only named
   */
  record User(String name, boolean isActive) {}

  /** What the Azure resource should be. */
  sealed interface Goal {
    /** This. */
    record Defined(IdentityDefinition definition) implements Goal {}

    /** The spec and the configuration together do not say. */
    record Undefined(Problem problem) implements Goal {}
  }

  /** What stands in Azure at the identity's name. */
  sealed interface Existing {
    /** It was not asked: the name can only be ours, or was proven ours before. */
    record NotAsked() implements Existing {}

    /** Nothing. */
    record Absent() implements Existing {}

    /** An identity of this very resource. */
    record Ours() implements Existing {}

    /** An identity of somebody else. */
    record Foreign(String description) implements Existing {}

    /** Azure did not say. */
    record Unknown(Problem problem) implements Existing {}
  }

  /** The role definition behind a role of the spec. */
  sealed interface Role {
    /** Its resource id. */
    record Found(String definitionId) implements Role {}

    /** There is none, or Azure did not say. */
    record NotFound(Problem problem) implements Role {}

    /** It was not asked: the assignment is there already, or its turn has not come. */
    record NotAsked() implements Role {}
  }

  /** The same facts after a part of the plan was carried out. */
  IdentityFacts after(ManagedIdentityStatus now, Set<String> triedNow) {
    var all = new HashSet<>(tried);
    all.addAll(triedNow);
    return new IdentityFacts(owner, lifetime, goal, now, existing, roles, users, all);
  }
}
