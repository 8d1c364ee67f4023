package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.control.OutOfBandResources;
import dev.managedidentity.dev.emulator.model.AzureResource;
import dev.managedidentity.dev.emulator.model.ResourceIdentity;
import dev.managedidentity.dev.emulator.model.RoleAssignment;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ResourceIdentityStatus.State;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The system-assigned identity of an Azure resource, from its enabling to its end. */
@UsesControlPlane
@UsesOperator
class ResourceIdentityIT {
  private static final String READER =
      "roleAssignments: [{role: Reader, scope:"
          + " /subscriptions/$SUBSCRIPTION/resourceGroups/platform}]";

  private static final String MACHINES = "Microsoft.Compute/virtualMachines";

  private final Team team;
  private final OutOfBandResources world;
  private final Scope site;

  ResourceIdentityIT(Team team) {
    this.team = team;
    this.world = team.azure().control().outOfBand().resources();
    this.site = resource("Microsoft.Web/sites");
    world.add(site, "westeurope");
  }

  @Test
  void aWebAppGetsAnIdentityWithRolesAndLosesBothInTheEnd() {
    apply(site);
    var status = team.awaitReadyIdentity("site");

    assertThat(status.principalId()).isEqualTo(principal(site));
    assertThat(status.tenantId()).isEqualTo(team.azure().tenantId());
    assertThat(status.clientId()).isNull();
    assertThat(status.resourceId()).isNull();
    assertThat(team.grants(status)).hasSize(1);

    delete();
    assertThat(identity(site).isNone()).isTrue();
    assertThat(team.grants(status)).isEmpty();
  }

  @Test
  void aVirtualMachineIsWaitedForAndKeepsItsOtherIdentities() {
    var machine = resource(MACHINES);
    world.add(machine, "westeurope");
    var other = ForeignIdentity.make(team).made().scope();
    world.assignIdentity(machine, other);
    var control = team.azure().control();
    control.setLongRunning(MACHINES, 3);
    try {
      apply(machine);
      var status = team.awaitReadyIdentity("site");
      assertThat(status.principalId()).isEqualTo(principal(machine));
      assertThat(identity(machine).type()).isEqualTo("SystemAssigned, UserAssigned");
      assertThat(team.events("site"))
          .filteredOn(event -> String.valueOf(event.getNote()).contains(machine.path()))
          .extracting(event -> event.getReason())
          .as("its begin and its end")
          .containsExactly("EnableIdentity", "EnableIdentity");
      assertThat(team.grants(status)).hasSize(1);

      delete();
      assertThat(identity(machine).type()).isEqualTo("UserAssigned");
      assertThat(identity(machine).has(other)).isTrue();
      assertThat(team.grants(status)).isEmpty();
    } finally {
      control.setLongRunning(MACHINES, 0);
    }
  }

  @Test
  void whatWasEnabledBeforeStaysEnabledWithoutTheRoles() {
    var before = world.setSystemAssigned(site, true).identity();
    apply(site);
    var status = team.awaitReadyIdentity("site");
    assertThat(status.principalId()).isEqualTo(principal(site));
    assertThat(team.grants(status)).hasSize(1);

    delete();
    assertThat(identity(site)).isEqualTo(before);
    assertThat(team.grants(status)).isEmpty();
  }

  @Test
  void whatIsRetainedStaysWithItsRoles() {
    team.applyIdentity("site", spec(site, "deletionPolicy: Retain, " + READER));
    var status = team.awaitReadyIdentity("site");

    delete();
    assertThat(principal(site)).isEqualTo(status.principalId());
    assertThat(team.grants(status)).hasSize(1);
  }

  @Test
  void theRolesOfADeletedResourceAreCleanedUpAndTheConditionSaysSo() {
    apply(site);
    var status = team.awaitReadyIdentity("site");
    world.delete(site);

    assertThat(team.awaitIdentity("site", "False", "AzureResourceNotFound"))
        .contains(site.path(), "role assignments");
    assertThat(orphans(status)).isEmpty();
    assertThat(team.identity("site").roleAssignments()).isEmpty();
    assertThat(team.identity("site").principalId()).isNull();

    delete();
  }

  @Test
  void aResourceThatIsMadeAnewIsEnabledAndGrantedAgain() {
    apply(site);
    var first = team.awaitReadyIdentity("site");
    world.delete(site);
    team.awaitIdentity("site", "False", "AzureResourceNotFound");

    world.add(site, "westeurope");
    team.annotate("site", "try", "again");

    var second = team.awaitReadyIdentity("site");
    assertThat(second.principalId()).isEqualTo(principal(site)).isNotEqualTo(first.principalId());
    assertThat(team.grants(second)).hasSize(1);
    assertThat(orphans(first)).isEmpty();
    delete();
    assertThat(identity(site).isNone()).isTrue();
  }

  @Test
  void aResourceThatIsReplacedUnseenIsEnabledAndGrantedAgain() {
    apply(site);
    var first = team.awaitReadyIdentity("site");

    world.recreate(site);

    awaitAnother(first);
    assertThat(orphans(first)).isEmpty();
  }

  @Test
  void whatIsDisabledByHandIsEnabledAgainWithAnEvent() {
    apply(site);
    var first = team.awaitReadyIdentity("site");

    world.setSystemAssigned(site, false);

    awaitAnother(first);
    assertThat(orphans(first)).isEmpty();
    team.eventually(
        () ->
            assertThat(team.events("site"))
                .anySatisfy(
                    event -> {
                      assertThat(event.getReason()).isEqualTo("DriftFound");
                      assertThat(event.getNote()).contains("disabled in Azure");
                    }));
    delete();
    assertThat(identity(site).isNone()).isTrue();
  }

  @Test
  void aResourceThatDoesNotExistIsNamedAndMayComeLater() {
    world.delete(site);
    apply(site);
    assertThat(team.awaitIdentity("site", "False", "AzureResourceNotFound"))
        .contains(site.path())
        .doesNotContain("any more");

    world.add(site, "westeurope");
    team.annotate("site", "try", "again");
    team.awaitReadyIdentity("site");
  }

  @Test
  void anObservedResourceIsNotTouched() {
    team.applyIdentity("site", spec(site, "managementPolicy: Observe, " + READER));

    team.awaitIdentity("site", "True", "Observed");

    assertThat(team.identity("site").plan())
        .satisfiesExactly(
            step -> assertThat(step).startsWith("EnableIdentity " + site.path()),
            step -> assertThat(step).startsWith("AssignRole Reader"));
    delete();
    assertThat(identity(site).isNone()).isTrue();
    assertThat(team.operations()).noneMatch(name -> name.matches(".*/(write|delete)"));
  }

  @Test
  void nobodyElseCanBeBoundToIt() {
    apply(site);
    team.awaitReadyIdentity("site");

    team.applyBinding("api", "site");

    team.awaitBinding("api", "False", "SystemAssignedNotShareable");
  }

  private Scope resource(String type) {
    var group = Scope.group(team.azure().subscriptionId(), "platform").path();
    return new Scope("%s/providers/%s/%s".formatted(group, type, team.name()));
  }

  private void apply(Scope owner) {
    team.applyIdentity("site", spec(owner, READER));
  }

  private static String spec(Scope owner, String rest) {
    return "{type: SystemAssigned, owner: {azureResource: {id: %s}}, %s}"
        .formatted(owner.path(), rest);
  }

  private void delete() {
    team.deleteIdentity("site");
    team.awaitNoIdentity("site");
  }

  private ResourceIdentity identity(Scope owner) {
    AzureResource resource = world.get(owner);
    return resource.identity();
  }

  private String principal(Scope owner) {
    return identity(owner).system().orElseThrow().principalId();
  }

  private void awaitAnother(ManagedIdentityStatus first) {
    team.eventually(
        () -> {
          var now = team.identity("site");
          assertThat(now.principalId()).isNotNull().isNotEqualTo(first.principalId());
          assertThat(now.azureResource())
              .satisfies(entry -> assertThat(entry.state()).isEqualTo(State.ENABLED));
          assertThat(team.grants(now)).hasSize(1);
          assertThat(orphans(first)).isEmpty();
        });
    assertThat(team.awaitReadyIdentity("site").principalId()).isEqualTo(principal(site));
  }

  /** Role assignments of a principal that is no more. */
  private List<RoleAssignment> orphans(ManagedIdentityStatus earlier) {
    return team.azure().control().snapshot().roleAssignments().stream()
        .filter(one -> one.grant().principalId().equals(earlier.principalId()))
        .toList();
  }
}
