package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.control.OutOfBand;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.plan.Retry;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A resource group that is deleted, or whose resources are moved to another, is noticed by what was
 * in it. Everything that misses something says what, and what to do, and works on once it is back.
 */
@UsesControlPlane
@UsesOperator
class LostGroupIT {
  private static final String READER = "roleAssignments: [{role: Reader, scope: %s}]";

  /** How what is in a group is lost, and comes back. */
  enum Loss {
    DELETED {
      @Override
      void happen(LostGroupIT place) {
        place.byHand().deleteResourceGroup(place.group);
      }

      @Override
      void end(LostGroupIT place) {
        place.addGroup();
        place.byHand().resources().add(place.machine, "westeurope");
      }
    },
    MOVED {
      @Override
      void happen(LostGroupIT place) {
        place.byHand().resources().moveAll(place.group, place.elsewhere);
      }

      @Override
      void end(LostGroupIT place) {
        place.byHand().resources().moveAll(place.elsewhere, place.group);
      }
    };

    abstract void happen(LostGroupIT place);

    abstract void end(LostGroupIT place);
  }

  private final Team team;
  private final String subscription = UUID.randomUUID().toString();
  private final Scope group;
  private final Scope elsewhere = Scope.group(subscription, "elsewhere");
  private final Scope machine;

  /** A subscription of the test's own, so that the operator's rights outlive the group. */
  LostGroupIT(Team team) {
    this.team = team;
    this.group = Scope.group(subscription, team.name());
    this.machine = new Scope(group.path() + "/providers/Microsoft.Compute/virtualMachines/vm");
    byHand().addSubscription(subscription, team.name());
    byHand().addResourceGroup(subscription, "elsewhere", "westeurope");
    addGroup();
    byHand().resources().add(machine, "westeurope");
    for (var role :
        List.of(
            "Managed Identity Contributor",
            "Role Based Access Control Administrator",
            "Resource Identity Assigner")) {
      byHand().grant(operator(), role, Scope.subscription(subscription));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aResourceThatHasTheIdentityIsMissed(Loss loss) {
    team.applyIdentity("orders", "{}");
    team.awaitReadyIdentity("orders");
    team.applyBindingSpec(
        "vm",
        "{identityRef: {name: orders}, subject: {azureResource: {id: %s}}}".formatted(machine));
    team.awaitReadyBinding("vm");

    loss.happen(this);

    assertSaid(
        team.awaitBinding("vm", "False", Reason.AZURE_RESOURCE_NOT_FOUND.word()),
        Reason.AZURE_RESOURCE_NOT_FOUND,
        machine.path());
    loss.end(this);
    team.annotate(IdentityBinding.class, "vm", "try", "again");
    team.awaitReadyBinding("vm");
    team.deleteBinding("vm");
    team.awaitNoBinding("vm");
    assertThat(byHand().resources().get(machine).identity().isNone()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aResourceThatOwnsTheIdentityIsMissed(Loss loss) {
    team.applyIdentity(
        "vm",
        ("{type: SystemAssigned, owner: {azureResource: {id: %s}}, " + READER + "}")
            .formatted(machine, elsewhere));
    var before = team.awaitReadyIdentity("vm");

    loss.happen(this);

    assertSaid(
        team.awaitIdentity("vm", "False", Reason.AZURE_RESOURCE_NOT_FOUND.word()),
        Reason.AZURE_RESOURCE_NOT_FOUND,
        machine.path());
    assertThat(team.grants(before)).isEmpty();
    loss.end(this);
    team.annotate("vm", "try", "again");
    var after = team.awaitReadyIdentity("vm");
    assertThat(team.grants(after)).containsExactly(elsewhere.path());
    if (loss == Loss.MOVED) {
      assertThat(after.principalId()).isEqualTo(before.principalId());
    }
  }

  @Test
  void anIdentityThatWasDeletedWithItsGroupIsMadeAgainInTheNext() {
    applyIdentityInGroup();
    team.applyBinding("api", "orders");
    var before = team.awaitReadyIdentity("orders");
    team.awaitReadyBinding("api");

    Loss.DELETED.happen(this);

    assertSaid(
        team.awaitIdentity("orders", "False", Reason.RESOURCE_GROUP_NOT_FOUND.word()),
        Reason.RESOURCE_GROUP_NOT_FOUND,
        team.name());
    Loss.DELETED.end(this);
    team.annotate("orders", "try", "again");
    var after = team.awaitReadyIdentity("orders");
    assertThat(after.clientId()).isNotEqualTo(before.clientId());
    team.eventually(() -> assertThat(team.binding("api").clientId()).isEqualTo(after.clientId()));
    team.awaitReadyBinding("api");
    assertThat(team.subjects(after)).hasSize(1);
  }

  /** Azure cannot move user-assigned identities: they stay where they are. */
  @Test
  void anIdentityStaysWhenTheResourcesOfItsGroupAreMoved() {
    applyIdentityInGroup();
    var before = team.awaitReadyIdentity("orders");
    var operations = team.operations().size();

    Loss.MOVED.happen(this);
    team.annotate("orders", "look", "again");

    var control = team.azure().control();
    var lists = control.count("userAssignedIdentities/list");
    team.eventually(
        () -> assertThat(control.count("userAssignedIdentities/list")).isGreaterThan(lists + 3));
    assertThat(team.awaitReadyIdentity("orders").clientId()).isEqualTo(before.clientId());
    assertThat(team.operations()).hasSize(operations);
    assertThat(team.findings()).isEmpty();
  }

  @Test
  void aRoleIsGrantedAgainInTheNextGroup() {
    team.applyIdentity("orders", "{" + READER.formatted(group) + "}");
    var identity = team.awaitReadyIdentity("orders");

    Loss.DELETED.happen(this);

    assertSaid(
        team.awaitIdentity("orders", "False", Reason.SCOPE_NOT_FOUND.word()),
        Reason.SCOPE_NOT_FOUND,
        team.name());
    Loss.DELETED.end(this);
    team.annotate("orders", "try", "again");
    team.awaitReadyIdentity("orders");
    assertThat(team.grants(identity)).containsExactly(group.path());
  }

  private void applyIdentityInGroup() {
    team.applyIdentity(
        "orders",
        "{azure: {subscriptionId: %s, resourceGroup: $NAMESPACE}}".formatted(subscription));
  }

  private void addGroup() {
    byHand().addResourceGroup(subscription, team.name(), "westeurope");
  }

  /** What was lost, the next step, and that the operator looks again by itself. */
  private static void assertSaid(String message, Reason reason, String lost) {
    assertThat(message).contains(lost).endsWith(reason.advice());
    assertThat(reason.retry()).isEqualTo(Retry.SLOWLY);
  }

  private String operator() {
    return byHand().principals().stream()
        .filter(principal -> principal.clientId().equals(team.azure().clientId()))
        .findFirst()
        .orElseThrow()
        .objectId();
  }

  private OutOfBand byHand() {
    return team.azure().control().outOfBand();
  }
}
