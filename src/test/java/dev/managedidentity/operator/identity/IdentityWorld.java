package dev.managedidentity.operator.identity;

import static java.util.stream.Collectors.toMap;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.RoleAssignmentSpec;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.inventory.Seen;
import dev.managedidentity.operator.inventory.WatchedGateway;
import dev.managedidentity.operator.kube.OwnBindings;
import dev.managedidentity.operator.plan.Verdict;
import dev.managedidentity.operator.sharding.ShardWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One ManagedIdentity that names an identity which was there before it, and all of Azure. */
final class IdentityWorld {
  static final IdentityId ID = new IdentityId("sub", "group", "legacy");
  static final IdentityId STRANGER = new IdentityId("sub", "group", "stranger");
  static final Map<String, String> FOREIGN_TAGS = Map.of("keep", "me");
  static final String ROLES = "/providers/Microsoft.Authorization/roleDefinitions/";
  static final String SCOPE = "/subscriptions/s1";
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final int MANY = 40;

  private final FakeAzure azure = new FakeAzure();
  private final Inventory inventory = Seen.inventory();
  private final WatchedGateway gateway = new WatchedGateway(azure, inventory);
  private final IdentityGoals goals =
      new IdentityGoals(new AzureDefaults("sub", "group", "westeurope", Map.of()), "cluster-1");
  private final IdentityObserver observer =
      Observers.of(gateway, goals.defaults(), Observers.OPEN, inventory);
  private final IdentityApplier applier =
      new IdentityApplier(gateway, OwnBindings.NONE, ShardWriter.NONE, CLOCK);
  private final Set<String> left = new TreeSet<>();
  private ManagedIdentityStatus saved = ManagedIdentityStatus.EMPTY;

  /** An identity of somebody else with a credential and a role, and a bystander. */
  IdentityWorld(boolean isThere) {
    azure.withRole("Reader", ROLES + "reader").withRole("Writer", ROLES + "writer");
    azure.withIdentity(STRANGER, FOREIGN_TAGS);
    if (isThere) {
      azure.withIdentity(ID, FOREIGN_TAGS);
      azure.withCredential(new FederatedCredential(ID, "theirs", "https://i", "s", "a"));
      azure.withAssignment(
          new RoleAssignment(
              SCOPE, "theirs", ROLES + "owner", principal().orElseThrow(), null, null));
    }
  }

  FakeAzure azure() {
    return azure;
  }

  ManagedIdentityStatus saved() {
    return saved;
  }

  Optional<String> principal() {
    return azure.identities().stream()
        .filter(one -> one.id().isSame(ID))
        .map(one -> one.principalId())
        .findFirst();
  }

  Optional<Map<String, String>> tags(IdentityId id) {
    return azure.identities().stream()
        .filter(one -> one.id().isSame(id))
        .map(one -> one.tags())
        .findFirst();
  }

  /** All that is not the operator's, letter by letter. */
  List<String> foreign() {
    return Stream.of(
            azure.credentials().stream().map(Object::toString),
            azure.assignments().stream()
                .filter(one -> one.name().equals("theirs"))
                .map(Object::toString),
            azure.identities().stream()
                .filter(one -> one.id().isSame(STRANGER))
                .map(Object::toString))
        .flatMap(lines -> lines)
        .sorted()
        .toList();
  }

  /** What roles the identity has that the operator gave it, as {@code role at scope}. */
  List<String> granted() {
    return azure.assignments().stream()
        .filter(one -> !one.name().equals("theirs"))
        .filter(one -> principal().map(one.principalId()::equals).orElse(true))
        .map(
            one ->
                one.roleDefinitionId().substring(ROLES.length())
                    + " at "
                    + one.scope()
                    + (one.condition() == null ? "" : " if " + one.condition()))
        .sorted()
        .toList();
  }

  static String wanted(RoleAssignmentSpec role) {
    return role.role().toLowerCase(Locale.ROOT)
        + " at "
        + role.scope()
        + (role.condition() == null ? "" : " if " + role.condition());
  }

  /** Compares Azure with what the resource counts on. */
  void sweep(ManagedIdentity resource) {
    resource.setStatus(saved);
    var expectations = new IdentityExpectations(goals, () -> Stream.of(resource), _ -> {});
    Seen.listed(
        inventory.identities(),
        expectations.identities(),
        azure.identities().stream().collect(toMap(one -> one.id().key(), one -> one)));
    Seen.listed(
        inventory.roleAssignments(),
        expectations.roleAssignments(),
        azure.assignments().stream().collect(toMap(RoleAssignment::grant, one -> one)));
  }

  /** One pass; a resource that is gone is forgotten. */
  Verdict pass(ManagedIdentity resource) {
    var facts = observer.observe(resource, saved, Observers.neighbours());
    if (facts.lifetime().isObserved() && !facts.lifetime().isDeleting()) {
      var rehearsal = Rehearsal.of(facts, resource, CLOCK);
      saved = rehearsal.status(facts);
      return IdentityStatusFactory.verdict(rehearsal);
    }
    for (var turns = 0; turns < MANY; turns++) {
      var plan = IdentityPlanner.plan(facts);
      var outcome = applier.apply(plan, facts.status(), resource);
      var verdict = IdentityStatusFactory.verdict(facts, plan, outcome);
      saved = IdentityStatusFactory.status(facts, verdict, outcome, Instant.EPOCH);
      if (verdict instanceof Verdict.Troubled || !plan.hasMore()) {
        return verdict;
      }
      facts = facts.after(saved, plan.names());
    }
    throw new AssertionError("The planner goes round in a circle.");
  }

  /** The resource was let go; one of the same name begins anew. */
  void forget() {
    saved = ManagedIdentityStatus.EMPTY;
    left.addAll(granted());
  }

  /** What resources that are gone were to leave behind: they were retained, or only observed. */
  Set<String> left() {
    return left;
  }
}
