package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.FaultRule;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is only observed is never written, and says what would be. */
@UsesControlPlane
@UsesOperator
class ObservationIT {
  private static final String GROUP = "/subscriptions/$SUBSCRIPTION/resourceGroups/platform";
  private static final String ROLES =
      "roleAssignments: [{role: Reader, scope: %s}, {role: AcrPull, scope: %s}]"
          .formatted(GROUP, GROUP);

  private final Team team;

  ObservationIT(Team team) {
    this.team = team;
  }

  @Test
  void thePlanForWhatIsNotThereIsOrderedAndNothingIsWritten() {
    team.applyIdentity("orders", "{managementPolicy: Observe, %s}".formatted(ROLES));

    assertThat(team.awaitIdentity("orders", "True", "Observed")).contains("3 step(s)");
    var status = team.identity("orders");
    assertThat(status.plan())
        .satisfiesExactly(
            step -> assertThat(step).startsWith("WriteIdentity /subscriptions/"),
            step -> assertThat(step).startsWith("AssignRole Reader at "),
            step -> assertThat(step).startsWith("AssignRole AcrPull at "));
    assertThat(status.clientId()).isNull();
    assertOnlyRead();

    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");
    assertOnlyRead();
  }

  @Test
  void aFoundIdentityIsShownAndWhatOthersGrantedItIsNotPlanned() {
    var foreign = ForeignIdentity.make(team);
    team.applyIdentity("orders", foreign.spec("Observe", ROLES));

    team.awaitIdentity("orders", "True", "Observed");
    var status = team.identity("orders");
    assertThat(status.ownership()).isEqualTo(Ownership.OBSERVED);
    assertThat(status.clientId()).isEqualTo(foreign.made().clientId());
    assertThat(status.principalId()).isEqualTo(foreign.made().principalId());
    assertThat(status.plan())
        .satisfiesExactly(
            step -> assertThat(step).startsWith("AdoptIdentity "),
            step -> assertThat(step).startsWith("WriteIdentity "),
            step -> assertThat(step).startsWith("AssignRole AcrPull at "));

    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");
    assertThat(foreign.now()).contains(foreign.made());
    assertThat(foreign.roles()).hasSize(1);
    assertOnlyRead();
  }

  @Test
  void theEventShowsTheNumberedPlanOnceForEachChange() {
    team.applyIdentity("orders", "{managementPolicy: Observe}");
    team.awaitIdentity("orders", "True", "Observed");
    team.eventually(() -> assertThat(planned()).hasSize(1));

    team.applyIdentity("orders", "{managementPolicy: Observe, azure: {tags: {a: b}}}");
    team.awaitIdentity("orders", "True", "Observed");
    team.applyIdentity("orders", "{managementPolicy: Observe, %s}".formatted(ROLES));
    team.awaitIdentity("orders", "True", "Observed");

    team.eventually(() -> assertThat(planned()).hasSize(2));
    assertThat(planned())
        .anySatisfy(
            event -> {
              assertThat(event.getType()).isEqualTo("Normal");
              assertThat(event.getNote())
                  .contains("1. WriteIdentity /", "2. AssignRole Reader", "3. AssignRole AcrPull");
            });
  }

  @Test
  void whatWasObservedIsCreatedOnceItIsManaged() {
    team.applyIdentity("orders", "{managementPolicy: Observe, %s}".formatted(ROLES));
    team.awaitIdentity("orders", "True", "Observed");

    team.applyIdentity("orders", "{%s}".formatted(ROLES));

    var status = team.awaitReadyIdentity("orders");
    assertThat(status.plan()).isEmpty();
    assertThat(status.ownership()).isEqualTo(Ownership.CREATED);
    assertThat(team.grants(status)).hasSize(2);
  }

  @Test
  void whatWasObservedIsTakenOverOnceThePolicyIsAdopt() {
    var foreign = ForeignIdentity.make(team);
    team.applyIdentity("orders", foreign.spec("Observe", ROLES));
    team.awaitIdentity("orders", "True", "Observed");

    team.applyIdentity("orders", foreign.spec("Adopt", ROLES));

    var status = team.awaitReadyIdentity("orders");
    assertThat(status.ownership()).isEqualTo(Ownership.ADOPTED);
    assertThat(status.clientId()).isEqualTo(foreign.made().clientId());
    assertThat(foreign.tags()).containsAllEntriesOf(ForeignIdentity.TAGS).hasSizeGreaterThan(1);
    assertThat(foreign.roles()).hasSize(2);
  }

  @Test
  void whatWasObservedIsRefusedOnceItIsManagedAndSomebodyElses() {
    var foreign = ForeignIdentity.make(team);
    team.applyIdentity("orders", foreign.spec("Observe"));
    team.awaitIdentity("orders", "True", "Observed");

    team.applyIdentity("orders", foreign.spec("Manage"));

    team.awaitIdentity("orders", "False", "OwnedByAnother");
    assertThat(team.identity("orders").clientId()).isNull();
    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");
    assertThat(foreign.now()).contains(foreign.made());
  }

  @Test
  void whatWasSeenStaysSaidWhileAzureDoesNotAnswer() {
    var foreign = ForeignIdentity.make(team);
    team.applyIdentity("orders", foreign.spec("Observe", ROLES));
    team.awaitIdentity("orders", "True", "Observed");
    var before = team.identity("orders");
    var fault = new Fault.Fail(503, "Injected", "Injected by a test.", OptionalInt.of(1));
    var rule = FaultRule.times(1_000, "userAssignedIdentities/read", fault).onPath(team.name());
    var id = team.azure().control().addFault(rule);
    try {
      team.annotate("orders", "look", "again");
      team.eventually(
          () ->
              assertThat(team.identity("orders").conditions())
                  .anyMatch(condition -> condition.reason().equals("Unreachable")));
    } finally {
      team.azure().control().releaseFault(id);
    }

    assertThat(team.identity("orders").plan()).isEqualTo(before.plan());
    assertThat(team.identity("orders").clientId()).isEqualTo(before.clientId());
    assertThat(Team.ready(team.identity("orders").conditions()))
        .hasValueSatisfying(ready -> assertThat(ready.status()).isEqualTo("True"));
    assertThat(planned()).hasSize(1);
  }

  private void assertOnlyRead() {
    assertThat(team.operations())
        .isNotEmpty()
        .noneMatch(operation -> operation.matches(".*/(write|delete)"));
  }

  private List<Event> planned() {
    return team.events("orders").stream()
        .filter(event -> "Planned".equals(event.getReason()))
        .toList();
  }
}
