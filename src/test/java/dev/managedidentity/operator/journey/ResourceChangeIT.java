package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.control.OutOfBandResources;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import org.junit.jupiter.api.Test;

/** Changes of mind about the identity of an Azure resource, and work that Azure gives up. */
@UsesControlPlane
@UsesOperator
class ResourceChangeIT {
  private static final String TYPE = "Microsoft.Compute/virtualMachineScaleSets";

  private final Team team;
  private final OutOfBandResources world;
  private final Scope machines;

  ResourceChangeIT(Team team) {
    this.team = team;
    this.world = team.azure().control().outOfBand().resources();
    var group = Scope.group(team.azure().subscriptionId(), "platform").path();
    this.machines = new Scope("%s/providers/%s/%s".formatted(group, TYPE, team.name()));
    world.add(machines, "westeurope");
  }

  @Test
  void whatIsDisabledWhileItIsOnlyObservedIsPlannedAndRepairedOnceItIsManaged() {
    apply("Manage");
    var first = team.awaitReadyIdentity("vmss");
    apply("Observe");
    team.awaitIdentity("vmss", "True", "Observed");
    assertThat(team.identity("vmss").plan()).isEmpty();
    assertThat(team.identity("vmss").principalId()).isEqualTo(first.principalId());

    world.setSystemAssigned(machines, false);
    team.annotate("vmss", "look", "once");
    team.eventually(
        () ->
            assertThat(team.identity("vmss").plan())
                .anyMatch(step -> step.startsWith("EnableIdentity ")));
    assertThat(isEnabled()).isFalse();
    team.annotate("vmss", "look", "twice");

    apply("Manage");
    team.eventually(
        () -> {
          assertThat(isEnabled()).isTrue();
          assertThat(team.identity("vmss").principalId()).isNotEqualTo(first.principalId());
          assertThat(team.grants(team.identity("vmss"))).hasSize(1);
          assertThat(team.grants(first)).isEmpty();
        });
    team.awaitReadyIdentity("vmss");
  }

  @Test
  void whatIsGoneWhileItIsOnlyObservedIsPlannedAsAnEnd() {
    apply("Manage");
    var first = team.awaitReadyIdentity("vmss");
    apply("Observe");
    team.awaitIdentity("vmss", "True", "Observed");

    world.delete(machines);
    team.annotate("vmss", "look", "once");

    team.awaitIdentity("vmss", "False", "AzureResourceNotFound");
    assertThat(team.identity("vmss").plan())
        .singleElement()
        .satisfies(step -> assertThat(step).startsWith("UnassignRole Reader"));
    assertThat(team.grants(first)).hasSize(1);
  }

  @Test
  void workThatAzureGivesUpIsSaidAndTriedAgain() {
    var control = team.azure().control();
    control.setLongRunningFailure(TYPE, 1, "OverconstrainedAllocationRequest", "No room.");
    try {
      apply("Manage");
      team.eventually(
          () ->
              assertThat(Team.ready(team.identity("vmss").conditions()))
                  .hasValueSatisfying(
                      ready -> {
                        assertThat(ready.status()).isEqualTo("False");
                        assertThat(ready.message()).contains("No room.");
                      }));
      assertThat(isEnabled()).isFalse();
    } finally {
      control.setLongRunning(TYPE, 0);
    }

    team.annotate("vmss", "try", "again");
    team.awaitReadyIdentity("vmss");
    assertThat(isEnabled()).isTrue();
    assertThat(team.events("vmss"))
        .anySatisfy(
            event -> {
              assertThat(event.getType()).isEqualTo("Normal");
              assertThat(event.getNote()).contains("EnableIdentity is under way");
            });
  }

  private void apply(String policy) {
    team.applyIdentity(
        "vmss",
        ("{type: SystemAssigned, managementPolicy: %s, owner: {azureResource: {id: %s}},"
                + " roleAssignments: [{role: Reader, scope:"
                + " /subscriptions/$SUBSCRIPTION/resourceGroups/platform}]}")
            .formatted(policy, machines.path()));
  }

  private boolean isEnabled() {
    return world.get(machines).identity().system().isPresent();
  }
}
