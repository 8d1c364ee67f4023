package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.api.RoleAssignmentSpec;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.identity.IdentityFacts.Existing;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.identity.IdentityFacts.Lifetime;
import dev.managedidentity.operator.identity.IdentityFacts.Role;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.ownership.Owner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts for tests: those of a new resource, and what is different about this one. */
record Situation(
    boolean isDeleting,
    DeletionPolicy policy,
    Goal goal,
    ManagedIdentityStatus status,
    Existing existing,
    Map<RoleAssignmentSpec, Role> roles,
    List<String> users,
    Set<String> tried) {

  static final Owner OWNER = new Owner("cluster-1", "shop", "orders", "uid-1");
  static final IdentityId ID = new IdentityId("sub", "group", "orders");
  static final IdentityDefinition DEFINITION = definition(false, Map.of("team", "shop"));
  static final RoleAssignmentSpec READER =
      new RoleAssignmentSpec("Reader", "/subscriptions/s1", null, null);
  static final RoleAssignmentSpec WRITER =
      new RoleAssignmentSpec("Writer", "/subscriptions/s2", null, null);

  /** A resource of which nothing is known yet. */
  static Situation fresh() {
    return new Situation(
        false,
        DeletionPolicy.DELETE,
        new Goal.Defined(DEFINITION),
        ManagedIdentityStatus.EMPTY,
        new Existing.NotAsked(),
        Map.of(),
        List.of(),
        Set.of());
  }

  /** The name is saved, no write was answered. */
  static Situation named() {
    return fresh()
        .knowing(
            ManagedIdentityStatus.EMPTY.withResource(
                ID.toString(), "westeurope", Ownership.CREATED));
  }

  /** The identity is as defined. */
  static Situation written() {
    return named().written("principal-1");
  }

  static IdentityDefinition definition(boolean isRegional, Map<String, String> tags) {
    return new IdentityDefinition(ID, "westeurope", isRegional, tags);
  }

  private Situation written(String principal) {
    var fingerprint =
        IdentityPlanner.plan(facts()).steps().stream()
            .map(step -> ((Step.WriteIdentity) step).fingerprint())
            .findFirst()
            .orElseThrow();
    return knowing(
        status.withIdentity("client-1", principal, "tenant").withContent(fingerprint, List.of()));
  }

  Situation knowing(ManagedIdentityStatus now) {
    return new Situation(isDeleting, policy, goal, now, existing, roles, users, tried);
  }

  Situation aimingAt(Goal other) {
    return new Situation(isDeleting, policy, other, status, existing, roles, users, tried);
  }

  Situation finding(Existing other) {
    return new Situation(isDeleting, policy, goal, status, other, roles, users, tried);
  }

  Situation wanting(RoleAssignmentSpec role, Role definition) {
    var more = new LinkedHashMap<>(roles);
    more.put(role, definition);
    return new Situation(isDeleting, policy, goal, status, existing, more, users, tried);
  }

  /** The status has an entry for a role. */
  Situation having(RoleAssignmentSpec role, State state) {
    return knowing(status.withRole(entry(role, state)));
  }

  Situation usedBy(String... bindings) {
    return new Situation(
        isDeleting, policy, goal, status, existing, roles, List.of(bindings), tried);
  }

  Situation trying(String... names) {
    return new Situation(isDeleting, policy, goal, status, existing, roles, users, Set.of(names));
  }

  Situation deleting(DeletionPolicy what) {
    return new Situation(true, what, goal, status, existing, roles, users, tried);
  }

  IdentityFacts facts() {
    return new IdentityFacts(
        OWNER,
        new Lifetime(3, isDeleting, policy),
        goal,
        status,
        existing,
        roles,
        users.stream().map(name -> new IdentityFacts.User(name, true)).toList(),
        tried);
  }

  IdentityPlan plan() {
    return IdentityPlanner.plan(facts());
  }

  /** An entry as the planner names it for principal-1; a refused one was never named. */
  static RoleAssignmentStatus entry(RoleAssignmentSpec role, State state) {
    var isNamed = state != State.REFUSED;
    return new RoleAssignmentStatus(
        role.role(),
        role.scope(),
        isNamed ? definitionId(role) : null,
        isNamed ? "principal-1" : null,
        isNamed ? assignmentId(role) : null,
        null,
        state,
        null,
        null);
  }

  static String definitionId(RoleAssignmentSpec role) {
    return "/providers/Microsoft.Authorization/roleDefinitions/" + role.role();
  }

  static @Nullable String assignmentId(RoleAssignmentSpec role) {
    var name =
        dev.managedidentity.operator.ownership.DerivedNames.roleAssignment(
            OWNER.cluster(), role.scope(), "principal-1", definitionId(role));
    return role.scope() + "/providers/Microsoft.Authorization/roleAssignments/" + name;
  }
}
