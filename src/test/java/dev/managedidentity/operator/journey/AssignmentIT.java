package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.AzureResource;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Identities that are assigned to Azure resources, which have others too. */
@UsesControlPlane
@UsesOperator
class AssignmentIT {
  private static final String COMPUTE = "Microsoft.Compute/virtualMachines";

  private final Team team;
  private final Scope machine;
  private final Scope site;

  AssignmentIT(Team team) {
    this.team = team;
    this.machine = resource(COMPUTE, "vm");
    this.site = resource("Microsoft.Web/sites", "site");
    team.azure().control().outOfBand().resources().add(machine, "westeurope");
    team.azure().control().outOfBand().resources().add(site, "westeurope");
  }

  @AfterEach
  void makeAzureFast() {
    team.azure().control().setLongRunning(COMPUTE, 0);
  }

  @Test
  void assignsToAVirtualMachineThatTakesItsTimeAndHasOtherIdentities() {
    var other = identity("other");
    giveByHand(machine, other);
    team.azure().control().outOfBand().resources().setSystemAssigned(machine, true);
    var own = at(machine).identity().system();
    team.azure().control().setLongRunning(COMPUTE, 2);

    var orders = identity("orders");
    bind("vm", "orders", machine);

    assertThat(team.awaitBinding("vm", "True", "Bound"))
        .isEqualTo("Azure resource " + machine + " has the identity.");
    assertThat(team.binding("vm").clientId()).isEqualTo(orders.clientId());
    assertThat(has(machine, orders)).isTrue();
    assertThat(has(machine, other)).isTrue();
    assertThat(at(machine).identity().system()).isEqualTo(own).isPresent();
    assertThat(team.events("vm"))
        .extracting(Event::getReason)
        .contains("BeginAssignIdentity", "AssignIdentity");

    team.deleteBinding("vm");
    team.awaitNoBinding("vm");

    assertThat(has(machine, orders)).isFalse();
    assertThat(has(machine, other)).isTrue();
    assertThat(at(machine).identity().system()).isEqualTo(own);
  }

  @Test
  void assignsToAWebAppInOneChange() {
    var orders = identity("orders");
    bind("site", "orders", site);
    team.awaitReadyBinding("site");

    assertThat(has(site, orders)).isTrue();
    assertThat(team.operations().stream().filter(name -> name.equals("sites/write"))).hasSize(1);

    team.deleteBinding("site");
    team.awaitNoBinding("site");
    assertThat(has(site, orders)).isFalse();
  }

  @Test
  void usesAnAssignmentThatSomebodyElseMadeAndLeavesIt() {
    var orders = identity("orders");
    giveByHand(site, orders);

    bind("site", "orders", site);
    team.awaitReadyBinding("site");
    team.deleteBinding("site");
    team.awaitNoBinding("site");

    assertThat(has(site, orders)).isTrue();
    assertThat(team.operations()).doesNotContain("sites/write");
  }

  @Test
  void aResourceThatIsNotThereIsSaidToBeMissing() {
    identity("orders");
    bind("vm", "orders", resource(COMPUTE, "nowhere"));

    assertThat(team.awaitBinding("vm", "False", "AzureResourceNotFound"))
        .contains("does not exist.");

    team.deleteBinding("vm");
    team.awaitNoBinding("vm");
  }

  @Test
  void aResourceThatWasDeletedMeanwhileIsNoErrorInTheEnd() {
    identity("orders");
    bind("vm", "orders", machine);
    team.awaitReadyBinding("vm");

    team.azure().control().outOfBand().resources().delete(machine);
    team.awaitBinding("vm", "False", "AzureResourceNotFound");

    team.deleteBinding("vm");
    team.awaitNoBinding("vm");
  }

  @Test
  void keepsWhatSomebodyElseAssignsAtTheSameMoment() {
    var other = identity("other");
    var orders = identity("orders");
    team.azure()
        .control()
        .beforeNext(
            "virtualMachines/write",
            machine.path(),
            edit -> edit.resources().assignIdentity(machine, scope(other)));

    bind("vm", "orders", machine);
    team.awaitReadyBinding("vm");

    assertThat(has(machine, orders)).isTrue();
    assertThat(has(machine, other)).isTrue();
  }

  @Test
  void assignsTheNewIdentityAndTakesTheOldOneAway() {
    var orders = identity("orders");
    var other = identity("other");
    bind("vm", "orders", machine);
    team.awaitReadyBinding("vm");

    bind("vm", "other", machine);
    team.awaitReadyBinding("vm");

    team.eventually(
        () -> {
          assertThat(has(machine, other)).isTrue();
          assertThat(has(machine, orders)).isFalse();
          assertThat(team.binding("vm").assignments()).hasSize(1);
        });
  }

  @Test
  void anIdentityThatIsAssignedIsNotDeleted() {
    identity("orders");
    bind("vm", "orders", machine);
    team.awaitReadyBinding("vm");

    team.deleteIdentity("orders");
    assertThat(team.awaitIdentity("orders", "Unknown", "InUse")).contains("/vm");

    team.deleteBinding("vm");
    team.awaitNoBinding("vm");
    team.awaitNoIdentity("orders");
    assertThat(at(machine).identity().userAssigned()).isEmpty();
  }

  @Test
  void guardrailsAreAskedBeforeAzureIsAndFollowTheLabels() {
    label(Map.of(RunningOperator.LABEL, "shop"));
    team.applyIdentity("orders", "{}");
    bind("vm", "orders", machine);
    assertThat(team.awaitBinding("vm", "False", "Guardrail")).contains("shop");
    assertThat(team.operations()).noneMatch(name -> name.startsWith("virtualMachines/"));

    label(Map.of());
    team.awaitReadyBinding("vm");

    label(Map.of(RunningOperator.LABEL, "shop"));
    team.awaitBinding("vm", "False", "Guardrail");
    team.eventually(() -> assertThat(at(machine).identity().userAssigned()).isEmpty());
  }

  private ManagedIdentityStatus identity(String name) {
    team.applyIdentity(name, "{}");
    return team.awaitReadyIdentity(name);
  }

  private void bind(String name, String identity, Scope resource) {
    team.applyBindingSpec(
        name,
        "{identityRef: {name: %s}, subject: {azureResource: {id: %s}}}"
            .formatted(identity, resource));
  }

  private void giveByHand(Scope resource, ManagedIdentityStatus identity) {
    team.azure().control().outOfBand().resources().assignIdentity(resource, scope(identity));
  }

  private void label(Map<String, String> labels) {
    team.kubectl()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(team.name())
                .withLabels(labels)
                .endMetadata()
                .build())
        .forceConflicts()
        .serverSideApply();
  }

  private AzureResource at(Scope resource) {
    return team.azure().control().outOfBand().resources().get(resource);
  }

  private boolean has(Scope resource, ManagedIdentityStatus identity) {
    return at(resource).identity().has(scope(identity));
  }

  private Scope resource(String type, String name) {
    return new Scope(
        "/subscriptions/%s/resourceGroups/platform/providers/%s/%s-%s"
            .formatted(team.azure().subscriptionId(), type, team.name(), name));
  }

  private static Scope scope(ManagedIdentityStatus identity) {
    return new Scope(requireNonNull(identity.resourceId()));
  }
}
