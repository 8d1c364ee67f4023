package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ManagementPolicy;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.api.RoleAssignmentSpec;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.identity.IdentityFacts.Capacity;
import dev.managedidentity.operator.identity.IdentityFacts.Drift;
import dev.managedidentity.operator.identity.IdentityFacts.Existing;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.identity.IdentityFacts.Lifetime;
import dev.managedidentity.operator.identity.IdentityFacts.OwnBinding;
import dev.managedidentity.operator.identity.IdentityFacts.Role;
import dev.managedidentity.operator.identity.IdentityFacts.Uses;
import dev.managedidentity.operator.identity.IdentityFacts.Workload;
import dev.managedidentity.operator.ownership.DerivedNames;
import dev.managedidentity.operator.ownership.Owner;
import dev.managedidentity.operator.sharding.ShardPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Facts for tests: those of a new resource, and what is different about this one. */
record Situation(
    Lifetime lifetime,
    Goal goal,
    ManagedIdentityStatus status,
    Existing existing,
    Map<RoleAssignmentSpec, Role> roles,
    Uses uses,
    Drift drift,
    Set<String> tried) {

  /** An identity with no credentials and no shards. */
  static final Capacity ROOMY = new Capacity(0, List.of(), new ShardPlan(List.of()));

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
        new Lifetime(3, false, ManagementPolicy.MANAGE, DeletionPolicy.DELETE),
        new Goal.Defined(DEFINITION),
        ManagedIdentityStatus.EMPTY,
        new Existing.NotAsked(),
        Map.of(),
        new Uses(List.of(), new Workload.None(), Optional.empty(), ROOMY),
        Drift.NONE,
        Set.of());
  }

  /** The name is saved, no write was answered. */
  static Situation named() {
    return fresh()
        .knowing(
            ManagedIdentityStatus.EMPTY
                .withResource(ID.toString(), "westeurope", Ownership.CREATED)
                .withUnknownContent(DEFINITION.tags().keySet()));
  }

  /** The identity is as defined. */
  static Situation written() {
    var named = named();
    return named.knowing(
        named
            .status
            .withIdentity("client-1", "principal-1", "tenant")
            .withContent(Content.of(DEFINITION), DEFINITION.tags().keySet()));
  }

  static IdentityDefinition definition(boolean isRegional, Map<String, String> tags) {
    return new IdentityDefinition(ID, "westeurope", isRegional, tags);
  }

  /** The identity as Azure has it. */
  static AzureIdentity found(String principal, Map<String, String> tags) {
    return new AzureIdentity(ID, "client-1", principal, "tenant", "westeurope", false, tags);
  }

  Situation knowing(ManagedIdentityStatus now) {
    return new Situation(lifetime, goal, now, existing, roles, uses, drift, tried);
  }

  Situation aimingAt(Goal other) {
    return new Situation(lifetime, other, status, existing, roles, uses, drift, tried);
  }

  Situation finding(Existing other) {
    return new Situation(lifetime, goal, status, other, roles, uses, drift, tried);
  }

  Situation wanting(RoleAssignmentSpec role, Role definition) {
    var more = new LinkedHashMap<>(roles);
    more.put(role, definition);
    return new Situation(lifetime, goal, status, existing, more, uses, drift, tried);
  }

  /** The status has an entry for a role. */
  Situation having(RoleAssignmentSpec role, State state) {
    return knowing(status.withRole(entry(role, state)));
  }

  Situation usedBy(String... bindings) {
    var users = Stream.of(bindings).map(name -> new IdentityFacts.User(name, true)).toList();
    return with(new Uses(users, uses.workload(), uses.ownBinding(), uses.capacity()));
  }

  Situation ownedBy(Workload workload) {
    return with(new Uses(uses.users(), workload, uses.ownBinding(), uses.capacity()));
  }

  Situation boundBy(OwnBinding binding) {
    return with(new Uses(uses.users(), uses.workload(), Optional.of(binding), uses.capacity()));
  }

  private Situation with(Uses other) {
    return new Situation(lifetime, goal, status, existing, roles, other, drift, tried);
  }

  Situation drifted(Drift other) {
    return new Situation(lifetime, goal, status, existing, roles, uses, other, tried);
  }

  Situation trying(String... names) {
    return new Situation(lifetime, goal, status, existing, roles, uses, drift, Set.of(names));
  }

  Situation managed(ManagementPolicy how) {
    return living(lifetime.isDeleting(), how, lifetime.deletion());
  }

  Situation deleting(DeletionPolicy what) {
    return living(true, lifetime.management(), what);
  }

  private Situation living(boolean isDeleting, ManagementPolicy how, DeletionPolicy what) {
    return new Situation(
        new Lifetime(3, isDeleting, how, what), goal, status, existing, roles, uses, drift, tried);
  }

  IdentityFacts facts() {
    return new IdentityFacts(
        OWNER, lifetime, goal, status, existing, roles, uses, RoleEffects.UNSEEN, drift, tried);
  }

  IdentityPlan plan() {
    return IdentityPlanner.plan(facts());
  }

  /** An entry as the planner names it for principal-1; a refused one was never named. */
  static RoleAssignmentStatus entry(RoleAssignmentSpec role, State state) {
    var isNamed = state != State.REFUSED;
    var isWritten = state == State.ASSIGNED || state == State.FOREIGN;
    return new RoleAssignmentStatus(
        role.role(),
        role.scope(),
        isNamed ? definitionId(role) : null,
        isNamed ? "principal-1" : null,
        isNamed ? assignmentId(role) : null,
        isWritten ? content(role) : null,
        state,
        null,
        null);
  }

  static String content(RoleAssignmentSpec role) {
    return Content.of(
        role.condition(), role.description() == null ? OWNER.toString() : role.description());
  }

  static String definitionId(RoleAssignmentSpec role) {
    return "/providers/Microsoft.Authorization/roleDefinitions/" + role.role();
  }

  static @Nullable String assignmentId(RoleAssignmentSpec role) {
    return RoleAssignment.id(
        role.scope(),
        DerivedNames.roleAssignment(
            OWNER.cluster(), role.scope(), "principal-1", definitionId(role)));
  }
}
