package dev.managedidentity.operator.binding;

import static dev.managedidentity.operator.binding.ResourceSituation.MACHINE;
import static dev.managedidentity.operator.binding.ResourceSituation.URL;
import static dev.managedidentity.operator.binding.ResourceSituation.entry;
import static dev.managedidentity.operator.binding.ResourceSituation.fresh;
import static dev.managedidentity.operator.binding.ResourceSituation.having;
import static dev.managedidentity.operator.binding.ResourceSituation.machine;
import static dev.managedidentity.operator.binding.Situation.ID;
import static dev.managedidentity.operator.binding.Situation.OTHER_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.AssignmentStatus;
import dev.managedidentity.operator.api.AssignmentStatus.State;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Look;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.inventory.Sighting;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of an identity's assignment to an Azure resource. */
class AssignmentPlanTest {
  private static final BindingPlan NOTHING = new BindingPlan(List.of(), List.of(), false);
  private static final Problem FORBIDDEN =
      new Problem.Refused(Reason.NAMESPACE_NOT_ALLOWED, "No consent.");
  private static final Problem DENIED = new Problem.Denied(Reason.AUTHORIZATION_FAILED, "No.");
  private static final Problem MISSING =
      new Problem.Missing(
          Reason.AZURE_RESOURCE_NOT_FOUND, "Azure resource " + MACHINE + " does not exist.");
  private static final Finding REMOVED =
      new Finding(
          Finding.Kind.ASSIGNMENT_REMOVED,
          MACHINE,
          "The identity " + ID + " was taken off the resource; it is assigned again.",
          Situation.NOW);

  @Test
  void remembersAnAssignmentBeforeItIsMade() {
    var plan = fresh().plan();

    assertThat(plan).isEqualTo(BindingPlan.then(new Step.RememberAssignment(entry(State.PENDING))));
    assertThat(plan.names()).containsExactly(BindingPlan.key(entry(State.PENDING)));
  }

  @Test
  void usesAnAssignmentThatWasThereBefore() {
    assertThat(fresh().looking(new Look.Assigned()).plan())
        .isEqualTo(BindingPlan.then(new Step.RememberAssignment(entry(State.FOREIGN))));
  }

  @Test
  void writesNothingForAResourceThatIsNotThere() {
    assertThat(fresh().looking(new Look.Missing()).plan()).isEqualTo(BindingPlan.stuck(MISSING));
    assertThat(fresh().looking(new Look.Unknown(DENIED)).plan())
        .isEqualTo(BindingPlan.stuck(DENIED));
  }

  @Test
  void whatAnotherIdentityLeftBehindHasGoneWithTheResource() {
    var old = entry(OTHER_ID, State.PENDING).waitingFor(URL);

    assertThat(fresh().knowing(old).looking(new Look.Missing()).plan())
        .isEqualTo(
            new BindingPlan(List.of(new Step.ForgetAssignment(old)), List.of(MISSING), false));
  }

  @Test
  void assignsWhatWasRemembered() {
    var given = having(State.PENDING);

    assertThat(given.plan())
        .isEqualTo(BindingPlan.then(new Step.AssignIdentity(entry(State.PENDING), false)));
    assertThat(given.trying(entry(State.PENDING)).plan().steps())
        .containsExactly(new Step.AssignIdentity(entry(State.PENDING), true));
  }

  @Test
  void looksAgainBeforeItTriesAgainWhatWasRefused() {
    assertThat(fresh().knowing(entry(State.REFUSED)).plan())
        .isEqualTo(BindingPlan.then(new Step.RememberAssignment(entry(State.PENDING))));
    assertThat(fresh().knowing(entry(State.REFUSED)).looking(new Look.Assigned()).plan())
        .isEqualTo(BindingPlan.then(new Step.RememberAssignment(entry(State.FOREIGN))));
  }

  @Test
  void followsAnOperationThatIsUnderWay() {
    var running = entry(State.PENDING).waitingFor(URL);

    assertThat(fresh().knowing(running).plan())
        .isEqualTo(BindingPlan.then(new Step.FollowAssignment(running, true)));
  }

  @ParameterizedTest
  @EnumSource(names = {"ASSIGNED", "FOREIGN"})
  void hasNothingToDoWhenAllIsAsAsked(State state) {
    assertThat(having(state).plan()).isEqualTo(NOTHING);
    assertThat(having(state).seeing(new Sighting.Present<>(machine(ID))).plan()).isEqualTo(NOTHING);
  }

  @Test
  void assignsAgainWhatSomebodyTookAway() {
    var given = having(State.ASSIGNED).seeing(new Sighting.Present<>(machine(OTHER_ID)));

    assertThat(given.plan())
        .isEqualTo(BindingPlan.then(new Step.DoubtAssignment(entry(State.ASSIGNED)), REMOVED));
  }

  @Test
  void asksForAResourceThatIsInNoListAnyMore() {
    assertThat(having(State.ASSIGNED).seeing(new Sighting.Absent<>()).plan())
        .as("what is gone is not repaired, so nothing is found")
        .isEqualTo(BindingPlan.then(new Step.DoubtAssignment(entry(State.ASSIGNED))));
  }

  @Test
  void makesAnAssignmentItsOwnOnceTheOneOfSomebodyElseIsGone() {
    var given = having(State.FOREIGN).seeing(new Sighting.Present<>(machine()));

    assertThat(given.looking(new Look.Bare()).plan())
        .isEqualTo(BindingPlan.then(new Step.RememberAssignment(entry(State.PENDING)), REMOVED));
    assertThat(given.looking(new Look.Assigned()).plan())
        .as("the list was older than Azure's answer")
        .isEqualTo(NOTHING);
    assertThat(given.looking(new Look.Missing()).plan())
        .isEqualTo(BindingPlan.then(new Step.ForgetAssignment(entry(State.FOREIGN))));
    assertThat(given.looking(new Look.Unknown(DENIED)).plan()).isEqualTo(BindingPlan.stuck(DENIED));
  }

  /** Azure goes on listing an identity that was deleted, also when there is another of its name. */
  @Test
  void takesTheDeletedIdentityOffTheResourceBeforeItsSuccessorIsAssigned() {
    var usable = Situation.usable(ID, "client-2");
    var successor = AssignmentPlanner.wanted(MACHINE, usable);
    assertThat(having(State.ASSIGNED).with(usable).plan())
        .isEqualTo(BindingPlan.then(new Step.DoubtAssignment(entry(State.ASSIGNED))));
    assertThat(having(State.PENDING).with(usable).plan())
        .isEqualTo(BindingPlan.then(new Step.ReplaceAssignment(entry(State.PENDING), successor)));
    assertThat(fresh().knowing(successor).with(usable).plan().steps())
        .containsExactly(new Step.AssignIdentity(successor, false));
    assertThat(having(State.FOREIGN).with(usable).looking(new Look.Assigned()).plan().steps())
        .containsExactly(new Step.RememberAssignment(successor.in(State.FOREIGN)));
  }

  @Test
  void assignsTheNewIdentityBeforeItTakesTheOldOneAway() {
    var old = entry(OTHER_ID, State.ASSIGNED);
    assertThat(fresh().knowing(old).plan().steps())
        .containsExactly(new Step.RememberAssignment(entry(State.PENDING)));

    var given = having(State.ASSIGNED).knowing(old);
    assertThat(given.plan()).isEqualTo(BindingPlan.then(new Step.DoubtAssignment(old)));

    given = given.knowing(old.in(State.PENDING));
    assertThat(given.plan()).isEqualTo(last(new Step.UnassignIdentity(old.in(State.PENDING))));

    var running = old.in(State.PENDING).waitingFor(URL);
    assertThat(given.knowing(running).plan())
        .isEqualTo(BindingPlan.then(new Step.FollowAssignment(running, false)));
  }

  @ParameterizedTest
  @EnumSource(names = {"FOREIGN", "REFUSED"})
  void forgetsWhatIsNotItsOwn(State state) {
    var old = entry(OTHER_ID, state);

    assertThat(having(State.ASSIGNED).knowing(old).plan())
        .isEqualTo(last(new Step.ForgetAssignment(old)));
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void whatWasAssignedStaysWhileTheIdentityIsMissing(State state) {
    assertThat(having(state).with(new Identity.Absent(FORBIDDEN)).plan())
        .isEqualTo(BindingPlan.stuck(FORBIDDEN));
  }

  @Test
  void takesEverythingBackWhereTheIdentityMustNotBeUsed() {
    var running = entry(OTHER_ID, State.PENDING).waitingFor(URL);
    var given = having(State.ASSIGNED).knowing(running).with(new Identity.Forbidden(FORBIDDEN));
    assertThat(given.plan())
        .as("a problem would end the pass here")
        .isEqualTo(
            new BindingPlan(
                List.of(
                    new Step.DoubtAssignment(entry(State.ASSIGNED)),
                    new Step.FollowAssignment(running, false)),
                List.of(),
                true));

    var settled = entry(OTHER_ID, State.PENDING);
    assertThat(given.knowing(settled).knowing(entry(State.PENDING)).plan())
        .isEqualTo(
            new BindingPlan(
                List.of(
                    new Step.UnassignIdentity(settled),
                    new Step.UnassignIdentity(entry(State.PENDING))),
                List.of(FORBIDDEN),
                false));
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void takesBackInTheEndWhatIsItsOwn(State state) {
    var expected =
        switch (state) {
          case ASSIGNED -> BindingPlan.then(new Step.DoubtAssignment(entry(state)));
          case PENDING -> last(new Step.UnassignIdentity(entry(state)));
          case FOREIGN, REFUSED -> last(new Step.ForgetAssignment(entry(state)));
        };

    assertThat(having(state).deleting().plan()).isEqualTo(expected);
    assertThat(having(state).with(new Identity.Absent(FORBIDDEN)).deleting().plan())
        .isEqualTo(expected);
  }

  @Test
  void waitsInTheEndForAnOperationThatIsUnderWay() {
    var running = entry(State.PENDING).waitingFor(URL);

    assertThat(fresh().knowing(running).deleting().plan())
        .isEqualTo(BindingPlan.then(new Step.FollowAssignment(running, false)));
  }

  @Test
  void comparesIdsAsAzureDoes() {
    var lower =
        new AssignmentStatus(
            MACHINE.toLowerCase(java.util.Locale.ROOT), ID.key(), "client-1", State.ASSIGNED, null);

    assertThat(fresh().knowing(lower).plan()).isEqualTo(NOTHING);
  }

  private static BindingPlan last(Step step) {
    return new BindingPlan(List.of(step), List.of(), false);
  }
}
