package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.control.OutOfBand;
import dev.managedidentity.dev.emulator.model.Identity;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import dev.managedidentity.operator.plan.Finding.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Identities that others change in Azure are repaired at the price of the repairing writes. */
@UsesControlPlane
@UsesOperator
class IdentityDriftIT {
  private static final String WRITE = "userAssignedIdentities/write";
  private static final String CREDENTIAL =
      "userAssignedIdentities/federatedIdentityCredentials/write";

  private final Team team;
  private final Scope group;

  IdentityDriftIT(Team team) {
    this.team = team;
    this.group = Scope.group(team.azure().subscriptionId(), team.name());
  }

  @BeforeEach
  void twoIdentitiesThatAreUsed() {
    byHand().addResourceGroup(team.azure().subscriptionId(), team.name(), "westeurope");
    for (var name : List.of("orders", "bystander")) {
      team.applyIdentity(
          name,
          "{azure: {tags: {team: shop}}, roleAssignments: [{role: Reader, scope: %s}]}"
              .formatted(group.path()));
      team.applyBinding(name + "-api", name);
    }
    for (var name : List.of("orders", "bystander")) {
      team.awaitReadyIdentity(name);
      team.awaitReadyBinding(name + "-api");
    }
  }

  @Test
  void aDeletedIdentityIsMadeAgainAndEverythingFollows() {
    var old = team.identity("orders");
    var bystander = versions("bystander");
    var before = team.operations().size();

    byHand().deleteIdentity(scope(old));

    awaitAllFollow(old);
    assertRepairedByOneWriteOfEach(before);
    assertFound(Kind.IDENTITY_DELETED, "was deleted in Azure; it is created again");
    assertThat(versions("bystander")).isEqualTo(bystander);
  }

  @Test
  void anIdentityReplacedByAnotherIsTakenBackAndEverythingFollows() {
    var old = team.identity("orders");
    var bystander = versions("bystander");
    var before = team.operations().size();

    var fresh = byHand().recreateIdentity(scope(old), Map.of());

    awaitAllFollow(old);
    assertThat(team.identity("orders").clientId()).isEqualTo(fresh.clientId());
    assertThat(inAzure("orders").tags())
        .containsEntry("team", "shop")
        .containsEntry("managedidentity.dev.name", "orders");
    assertRepairedByOneWriteOfEach(before);
    assertFound(Kind.IDENTITY_RECREATED, fresh.clientId());
    assertThat(versions("bystander")).isEqualTo(bystander);
  }

  @Test
  void ownersTagsThatWereRemovedAreWrittenAgain() {
    var wanted = inAzure("orders").tags();
    var before = team.operations().size();

    byHand().setTags(inAzure("orders").scope(), Map.of("team", "shop"));

    team.eventually(() -> assertThat(inAzure("orders").tags()).isEqualTo(wanted));
    assertRepairedByOneWrite(before, "managedidentity.dev.name");
  }

  @Test
  void aTagOfTheSpecIsSetBackAndForeignTagsStay() {
    var tags = new HashMap<>(inAzure("orders").tags());
    tags.put("team", "thieves");
    tags.put("cost-center", "42");
    var before = team.operations().size();

    byHand().setTags(inAzure("orders").scope(), tags);

    tags.put("team", "shop");
    team.eventually(() -> assertThat(inAzure("orders").tags()).isEqualTo(tags));
    assertRepairedByOneWrite(before, "tags team");
  }

  @Test
  void aForeignTagIsNoReasonToWrite() {
    var tags = new HashMap<>(inAzure("orders").tags());
    tags.put("cost-center", "42");
    var before = team.operations().size();
    var versions = versions("orders");

    byHand().setTags(inAzure("orders").scope(), tags);

    team.awaitLists();
    assertThat(inAzure("orders").tags()).isEqualTo(tags);
    assertThat(since(before)).isEmpty();
    assertThat(versions("orders")).isEqualTo(versions);
    assertThat(team.findings()).isEmpty();
  }

  @Test
  void anIsolationScopeIsSetBack() {
    var before = team.operations().size();

    byHand().setIsolationScope(inAzure("orders").scope(), "Regional");

    team.eventually(() -> assertThat(inAzure("orders").isolationScope()).isEqualTo("None"));
    assertRepairedByOneWrite(before, "isolationScope");
  }

  private void awaitAllFollow(ManagedIdentityStatus old) {
    team.eventually(
        () -> {
          var now = team.identity("orders");
          assertThat(now.clientId()).isNotNull().isNotEqualTo(old.clientId());
          assertThat(team.annotations("orders-api"))
              .containsEntry("azure.workload.identity/client-id", now.clientId());
          assertThat(team.binding("orders-api").clientId()).isEqualTo(now.clientId());
          assertThat(team.subjects(now)).hasSize(1);
          assertThat(team.grants(now)).containsExactly(group.path());
          assertThat(team.grants(old)).isEmpty();
        });
    team.awaitReadyIdentity("orders");
    team.awaitReadyBinding("orders-api");
  }

  private void assertRepairedByOneWriteOfEach(int before) {
    team.awaitLists();
    assertThat(since(before))
        .filteredOn(operation -> !operation.equals("permissions/list")) // by the workload itself
        .containsExactlyInAnyOrder(
            WRITE, CREDENTIAL, "roleAssignments/write", "roleAssignments/delete");
  }

  private void assertRepairedByOneWrite(int before, String what) {
    team.awaitReadyIdentity("orders");
    assertFound(Kind.IDENTITY_CHANGED, what);
    assertThat(since(before)).containsExactly(WRITE);
  }

  private void assertFound(Kind kind, String what) {
    team.eventually(
        () ->
            assertThat(team.warnings("orders"))
                .singleElement()
                .satisfies(note -> assertThat(note).contains(what)));
    assertThat(team.findings()).containsOnlyOnce(kind);
  }

  private List<String> since(int before) {
    var all = team.operations();
    return all.subList(before, all.size());
  }

  private List<String> versions(String name) {
    return List.of(
        team.findIdentity(name).orElseThrow().getMetadata().getResourceVersion(),
        team.findBinding(name + "-api").orElseThrow().getMetadata().getResourceVersion());
  }

  private Identity inAzure(String name) {
    var id = scope(team.identity(name));
    return team.azure().control().snapshot().identities().stream()
        .filter(identity -> identity.scope().isSame(id))
        .findFirst()
        .orElseThrow();
  }

  private static Scope scope(ManagedIdentityStatus identity) {
    return new Scope(requireNonNull(identity.resourceId()));
  }

  private OutOfBand byHand() {
    return team.azure().control().outOfBand();
  }
}
