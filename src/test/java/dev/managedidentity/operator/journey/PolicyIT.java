package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import org.junit.jupiter.api.Test;

/** How far the operator goes with an identity that is there, and changes of mind about it. */
@UsesControlPlane
@UsesOperator
class PolicyIT {
  private static final String GROUP = "/subscriptions/$SUBSCRIPTION/resourceGroups/platform";
  private static final String PULL =
      "roleAssignments: [{role: AcrPull, scope: %s}]".formatted(GROUP);

  private final Team team;

  PolicyIT(Team team) {
    this.team = team;
  }

  @Test
  void manageRefusesAForeignIdentityAndSaysWhose() {
    var foreign = ForeignIdentity.make(team);
    team.applyIdentity("orders", foreign.spec("Manage"));

    assertThat(team.awaitIdentity("orders", "False", "OwnedByAnother"))
        .contains(foreign.made().name())
        .contains("carries no owner's tags")
        .contains("managementPolicy Adopt");
    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");
    assertUntouched(foreign);
  }

  @Test
  void adoptTakesAForeignIdentityOverAndKeepsWhatOthersPutThere() {
    var foreign = ForeignIdentity.make(team);
    var credentials = foreign.credentials();
    var roles = foreign.roles();

    team.applyIdentity("orders", foreign.spec("Adopt", PULL));
    var status = team.awaitReadyIdentity("orders");

    assertThat(status.ownership()).isEqualTo(Ownership.ADOPTED);
    assertThat(status.clientId()).isEqualTo(foreign.made().clientId());
    assertThat(status.principalId()).isEqualTo(foreign.made().principalId());
    assertThat(status.location()).isEqualTo(ForeignIdentity.LOCATION);
    assertThat(foreign.now().orElseThrow().principalId()).isEqualTo(foreign.made().principalId());
    assertThat(foreign.now().orElseThrow().location()).isEqualTo(ForeignIdentity.LOCATION);
    assertThat(foreign.tags())
        .containsAllEntriesOf(ForeignIdentity.TAGS)
        .containsEntry("managedidentity.dev.name", "orders");
    assertThat(foreign.credentials()).isEqualTo(credentials);
    assertThat(foreign.roles()).containsAll(roles).hasSize(2);

    team.applyIdentity("orders", foreign.spec("Adopt"));
    team.eventually(() -> assertThat(foreign.roles()).isEqualTo(roles));
  }

  @Test
  void anAdoptedIdentityStaysWhenItsResourceIsDeleted() {
    var foreign = ForeignIdentity.make(team);
    team.applyIdentity("orders", foreign.spec("Adopt"));
    team.awaitReadyIdentity("orders");

    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");

    assertThat(foreign.now()).isPresent();
    assertThat(foreign.credentials()).hasSize(1);
    assertThat(foreign.roles()).hasSize(1);
  }

  @Test
  void anAdoptedIdentityStaysAlsoWhenItsResourceWasMadeAnew() {
    var foreign = ForeignIdentity.make(team);
    for (var round = 0; round < 2; round++) {
      team.applyIdentity("orders", foreign.spec("Adopt"));
      assertThat(team.awaitReadyIdentity("orders").ownership()).isEqualTo(Ownership.ADOPTED);

      team.deleteIdentity("orders");
      team.awaitNoIdentity("orders");
    }

    assertThat(foreign.now()).isPresent();
  }

  @Test
  void anAdoptedIdentityIsDeletedWhenTheSpecSaysSo() {
    var foreign = ForeignIdentity.make(team);
    team.applyIdentity("orders", foreign.spec("Adopt", "deletionPolicy: Delete"));
    team.awaitReadyIdentity("orders");

    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");

    assertThat(foreign.now()).isEmpty();
  }

  @Test
  void adoptCreatesWhatIsNotThereAndDeletesItAgain() {
    team.applyIdentity("orders", "{managementPolicy: Adopt, azure: {name: fresh-$NAMESPACE}}");
    assertThat(team.awaitReadyIdentity("orders").ownership()).isEqualTo(Ownership.CREATED);
    assertThat(team.azureIdentities()).containsExactly("fresh-" + team.name());

    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");
    assertThat(team.azureIdentities()).isEmpty();
  }

  @Test
  void whatWasRefusedIsTakenOverOnceThePolicyIsAdopt() {
    var foreign = ForeignIdentity.make(team);
    team.applyIdentity("orders", foreign.spec("Manage"));
    team.awaitIdentity("orders", "False", "OwnedByAnother");

    team.applyIdentity("orders", foreign.spec("Adopt"));

    assertThat(team.awaitReadyIdentity("orders").clientId()).isEqualTo(foreign.made().clientId());
    assertThat(foreign.tags()).containsEntry("managedidentity.dev.name", "orders");
  }

  @Test
  void whatWasAdoptedIsManagedAndStillRetained() {
    var foreign = ForeignIdentity.make(team);
    team.applyIdentity("orders", foreign.spec("Adopt"));
    team.awaitReadyIdentity("orders");

    team.applyIdentity("orders", foreign.spec("Manage", PULL));
    var status = team.awaitReadyIdentity("orders");
    assertThat(status.ownership()).isEqualTo(Ownership.ADOPTED);
    assertThat(foreign.roles()).hasSize(2);

    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");
    assertThat(foreign.now()).isPresent();
  }

  @Test
  void whatWasManagedIsOnlyObservedAndNothingOfItIsDeleted() {
    team.applyIdentity("orders", "{%s}".formatted(PULL));
    var managed = team.awaitReadyIdentity("orders");

    team.applyIdentity("orders", "{managementPolicy: Observe, azure: {tags: {team: shop}}}");
    team.awaitIdentity("orders", "True", "Observed");
    var observed = team.identity("orders");
    assertThat(observed.clientId()).isEqualTo(managed.clientId());
    assertThat(observed.plan())
        .satisfiesExactly(
            step -> assertThat(step).startsWith("WriteIdentity " + managed.resourceId()),
            step -> assertThat(step).startsWith("UnassignRole AcrPull"));

    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");
    assertThat(team.azureIdentities()).hasSize(1);
    assertThat(team.grants(managed)).hasSize(1);
  }

  @Test
  void whatWasObservedAfterItWasManagedIsManagedAgain() {
    team.applyIdentity("orders", "{%s}".formatted(PULL));
    var managed = team.awaitReadyIdentity("orders");
    team.applyIdentity("orders", "{managementPolicy: Observe}");
    team.awaitIdentity("orders", "True", "Observed");

    team.applyIdentity("orders", "{}");

    var again = team.awaitReadyIdentity("orders");
    assertThat(again.clientId()).isEqualTo(managed.clientId());
    assertThat(again.plan()).isEmpty();
    assertThat(again.roleAssignments()).extracting(RoleAssignmentStatus::state).isEmpty();
    assertThat(team.grants(managed)).isEmpty();
    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");
    assertThat(team.azureIdentities()).isEmpty();
  }

  @Test
  void aRoleThatSomebodyMadeWhileTheIdentityWasObservedIsUsedAndStays() {
    var foreign = ForeignIdentity.make(team);
    var reader = "roleAssignments: [{role: Reader, scope: %s}]".formatted(GROUP);
    team.applyIdentity("orders", foreign.spec("Observe", reader));
    team.awaitIdentity("orders", "True", "Observed");
    assertThat(team.identity("orders").plan()).noneMatch(step -> step.contains("AssignRole"));

    team.applyIdentity("orders", foreign.spec("Adopt", reader));
    assertThat(team.awaitReadyIdentity("orders").roleAssignments())
        .extracting(RoleAssignmentStatus::state)
        .containsExactly(State.FOREIGN);
  }

  @Test
  void anotherLocationThanTheFoundOneIsRefusedAndNothingIsTaken() {
    var foreign = ForeignIdentity.make(team);
    team.applyIdentity(
        "orders",
        "{managementPolicy: Adopt, deletionPolicy: Delete, azure: {name: %s, location: westeurope}}"
            .formatted(foreign.made().name()));

    team.awaitIdentity("orders", "False", "ImmutableConflict");
    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");
    assertThat(foreign.now()).contains(foreign.made());
  }

  @Test
  void adoptTakesNothingFromAnotherManagedIdentityOfTheCluster() {
    team.applyIdentity("first", "{azure: {name: chosen-$NAMESPACE}}");
    var first = team.awaitReadyIdentity("first");
    team.applyIdentity("second", "{managementPolicy: Adopt, azure: {name: chosen-$NAMESPACE}}");

    assertThat(team.awaitIdentity("second", "False", "OwnedByAnother"))
        .contains(team.name() + "/first");
    team.deleteIdentity("second");
    team.awaitNoIdentity("second");
    assertThat(team.awaitReadyIdentity("first").clientId()).isEqualTo(first.clientId());
  }

  private void assertUntouched(ForeignIdentity foreign) {
    assertThat(foreign.now()).contains(foreign.made());
    assertThat(foreign.tags()).isEqualTo(ForeignIdentity.TAGS);
    assertThat(team.operations()).noneMatch(operation -> operation.matches(".*/(write|delete)"));
  }
}
