package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.List;
import org.junit.jupiter.api.Test;

@UsesControlPlane
@UsesOperator
class GrantIT {
  private static final String GROUP = "/subscriptions/$SUBSCRIPTION/resourceGroups/platform";
  private static final String READER = "{roleAssignments: [{role: Reader, scope: " + GROUP + "}]}";

  @Test
  void aRoleByNameCostsOneWriteAndALookUpSharedByAll(Team team) {
    var role = "Storage Blob Data Owner"; // no other test asks for it
    var before = lookUps(team);
    var spec = "{roleAssignments: [{role: %s, scope: %s}]}".formatted(role, GROUP);
    for (var i = 0; i < 5; i++) {
      team.applyIdentity("orders-" + i, spec);
    }
    for (var i = 0; i < 5; i++) {
      var identity = team.awaitReadyIdentity("orders-" + i);
      assertThat(team.grants(identity)).hasSize(1);
    }

    assertThat(lookUps(team) - before).isEqualTo(1);
  }

  private static long lookUps(Team team) {
    return team.azure().control().requests().stream()
        .filter(request -> request.path().contains("roleDefinitions"))
        .count();
  }

  @Test
  void aRoleIsWrittenOnceHoweverMuchHappensMeanwhile(Team team) {
    for (var i = 0; i < 20; i++) {
      team.applyIdentity("orders-" + i, READER);
      team.applyBinding("api-" + i, "orders-" + i);
    }
    for (var i = 0; i < 20; i++) {
      var identity = team.awaitReadyIdentity("orders-" + i);
      team.awaitReadyBinding("api-" + i);
      var id = identity.roleAssignments().getFirst().id();
      assertThat(team.azure().control().requests())
          .filteredOn(request -> request.path().equalsIgnoreCase(id))
          .hasSize(1);
    }
  }

  @Test
  void aRoleCanBeNamedByTheIdOfItsDefinition(Team team) {
    team.applyIdentity(
        "orders",
        ("{roleAssignments: [{role: /providers/Microsoft.Authorization/roleDefinitions/"
                + "acdd72a7-3385-48ef-bd42-f606fba81ae7, scope: %s}]}")
            .formatted(GROUP));

    var identity = team.awaitReadyIdentity("orders");

    assertThat(team.grants(identity)).hasSize(1);
  }

  @Test
  void aRoleThatLeavesTheSpecIsRemovedAndAForeignOneStays(Team team) {
    team.applyIdentity("orders", READER);
    var identity = team.awaitReadyIdentity("orders");
    var subscription = Scope.subscription(team.azure().subscriptionId());
    team.grantByHand(identity, "AcrPull", subscription);

    team.applyIdentity("orders", "{}");

    team.eventually(() -> assertThat(team.grants(identity)).containsExactly(subscription.path()));
    assertThat(team.awaitReadyIdentity("orders").roleAssignments()).isEmpty();
  }

  @Test
  void anAssignmentThatSomebodyElseMadeIsUsedAndNeverRemoved(Team team) {
    team.applyIdentity("orders", "{}");
    var identity = team.awaitReadyIdentity("orders");
    var group = Scope.group(team.azure().subscriptionId(), "platform");
    team.grantByHand(identity, "Reader", group);

    team.applyIdentity("orders", READER);
    team.eventually(
        () ->
            assertThat(team.identity("orders").roleAssignments())
                .extracting(RoleAssignmentStatus::state)
                .containsExactly(State.FOREIGN));
    team.awaitReadyIdentity("orders");

    team.applyIdentity("orders", "{}");
    team.eventually(() -> assertThat(team.identity("orders").roleAssignments()).isEmpty());
    assertThat(team.grants(identity)).hasSize(1);
  }

  @Test
  void anUnknownRoleIsNamedAndDoesNotHoldUpTheOthers(Team team) {
    team.applyIdentity(
        "orders",
        "{roleAssignments: [{role: No Such Role, scope: %s}, {role: Reader, scope: %s}]}"
            .formatted(GROUP, GROUP));

    var message = team.awaitIdentity("orders", "False", "RoleNotFound");

    assertThat(message).contains("No Such Role").contains("az role definition list");
    assertThat(team.identity("orders").roleAssignments())
        .extracting(RoleAssignmentStatus::role, RoleAssignmentStatus::state)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("No Such Role", State.REFUSED),
            org.assertj.core.groups.Tuple.tuple("Reader", State.ASSIGNED));
    assertThat(team.identity("orders").clientId()).isNotNull();
  }

  @Test
  void aScopeThatDoesNotExistIsNamed(Team team) {
    team.applyIdentity(
        "orders",
        "{roleAssignments: [{role: Reader, scope:"
            + " /subscriptions/$SUBSCRIPTION/resourceGroups/nowhere}]}");

    assertThat(team.awaitIdentity("orders", "False", "ScopeNotFound")).contains("nowhere");
    assertThat(team.identity("orders").roleAssignments())
        .extracting(RoleAssignmentStatus::state)
        .isEqualTo(List.of(State.REFUSED));
  }
}
