package dev.managedidentity.operator.binding;

import static dev.managedidentity.operator.binding.ResourceSituation.MACHINE;
import static dev.managedidentity.operator.binding.ResourceSituation.entry;
import static dev.managedidentity.operator.binding.ResourceSituation.machine;
import static dev.managedidentity.operator.binding.Situation.ID;
import static dev.managedidentity.operator.binding.Situation.OTHER_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.AssignmentStatus;
import dev.managedidentity.operator.api.AssignmentStatus.State;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentApplierTest {
  private static final Problem DENIED = new Problem.Denied(Reason.AUTHORIZATION_FAILED, "No.");
  private static final Problem LOST = new Problem.Unreachable("No answer.");

  private final FakeAzure azure = new FakeAzure().withResource(machine(OTHER_ID));
  private IdentityBindingStatus status =
      IdentityBindingStatus.EMPTY.withAssignment(entry(State.PENDING));

  @Test
  void rememberingDoubtingAndForgettingChangeNothingButTheStatus() {
    var outcome = apply(new Step.RememberAssignment(entry(State.ASSIGNED)));
    assertThat(outcome.status().assignments()).containsExactly(entry(State.ASSIGNED));
    outcome = apply(new Step.DoubtAssignment(entry(State.ASSIGNED)));
    assertThat(outcome.status().assignments()).containsExactly(entry(State.PENDING));
    outcome = apply(new Step.ForgetAssignment(entry(State.PENDING)));
    assertThat(outcome.status().assignments()).isEmpty();

    assertThat(outcome.operations()).isEmpty();
    assertThat(azure.takeCalls()).isEmpty();
  }

  @Test
  void assignsAnIdentityBesideTheOthers() {
    var outcome = apply(new Step.AssignIdentity(entry(State.PENDING), true));

    assertThat(outcome.status().assignments()).containsExactly(entry(State.ASSIGNED));
    assertThat(outcome.operations())
        .containsExactly(
            new Operation("AssignIdentity", MACHINE, Situation.NOW, "correlation-1", null));
    assertThat(has(ID)).isTrue();
    assertThat(has(OTHER_ID)).isTrue();
  }

  @Test
  void followsAnAssignmentThatTakesAWhile() {
    azure.slow(1);
    var begun = apply(new Step.AssignIdentity(entry(State.PENDING), true));
    assertThat(only(begun).state()).isEqualTo(State.PENDING);
    assertThat(only(begun).operation()).isNotNull();
    assertThat(begun.operations())
        .extracting(Operation::verb)
        .containsExactly("BeginAssignIdentity");

    var running = apply(new Step.FollowAssignment(only(begun), true));
    assertThat(only(running)).isEqualTo(only(begun));
    assertThat(running.operations()).as("nothing is told of what goes on").isEmpty();

    var ended = apply(new Step.FollowAssignment(only(running), true));
    assertThat(ended.status().assignments()).containsExactly(entry(State.ASSIGNED));
    assertThat(ended.operations()).extracting(Operation::verb).containsExactly("AssignIdentity");
  }

  @ParameterizedTest
  @CsvSource({
    "true, denied, REFUSED",
    "true, lost, PENDING",
    "true, contended, PENDING", // the change may have been made before that was seen
    "true, waiting, PENDING",
    "false, denied, PENDING",
    "false, lost, PENDING",
  })
  void refusesAnAssignmentOnlyWhenAzureCertainlyHasNothing(
      boolean isFirstTry, String failure, State state) {
    azure.failing(problem(failure));

    var outcome = apply(new Step.AssignIdentity(entry(State.PENDING), isFirstTry));

    assertThat(only(outcome).state()).isEqualTo(state);
    assertThat(outcome.problems()).containsExactly(problem(failure));
  }

  @Test
  void unassignsAnIdentityAndNoOther() {
    azure.withResource(machine(ID, OTHER_ID));

    var outcome = apply(new Step.UnassignIdentity(entry(State.PENDING)));

    assertThat(outcome.status().assignments()).isEmpty();
    assertThat(outcome.operations())
        .containsExactly(
            new Operation("UnassignIdentity", MACHINE, Situation.NOW, "correlation-1", null));
    assertThat(has(ID)).isFalse();
    assertThat(has(OTHER_ID)).isTrue();
  }

  @Test
  void followsARemovalThatTakesAWhile() {
    azure.withResource(machine(ID)).slow();
    var begun = apply(new Step.UnassignIdentity(entry(State.PENDING)));
    assertThat(only(begun).operation()).isNotNull();

    var ended = apply(new Step.FollowAssignment(only(begun), false));

    assertThat(ended.status().assignments()).isEmpty();
    assertThat(has(ID)).isFalse();
  }

  @Test
  void nothingIsLeftToRemoveFromAResourceThatIsGone() {
    azure.removeResource(MACHINE);
    var outcome = apply(new Step.UnassignIdentity(entry(State.PENDING)));
    assertThat(outcome.status().assignments()).isEmpty();
    assertThat(outcome.problems()).isEmpty();

    status = IdentityBindingStatus.EMPTY;
    var running = entry(State.PENDING).waitingFor("operation");
    outcome = apply(new Step.FollowAssignment(running, false));
    assertThat(outcome.status().assignments()).isEmpty();
    assertThat(outcome.problems()).isEmpty();
  }

  @Test
  void whatAnotherIdentityLeftBehindHasGoneWithTheResource() {
    azure.removeResource(MACHINE);
    status = status.withAssignment(entry(OTHER_ID, State.PENDING));

    var outcome = apply(new Step.AssignIdentity(entry(State.PENDING), false));

    assertThat(outcome.status().assignments()).containsExactly(entry(State.PENDING));
    assertThat(outcome.problems())
        .extracting(Problem::reason)
        .containsExactly(Reason.AZURE_RESOURCE_NOT_FOUND);
  }

  @Test
  void anAssignmentThatCouldNotBeRemovedIsKeptInMind() {
    azure.failing(DENIED);

    var outcome = apply(new Step.UnassignIdentity(entry(State.PENDING)));

    assertThat(outcome.status().assignments()).containsExactly(entry(State.PENDING));
    assertThat(outcome.problems()).containsExactly(DENIED);
  }

  @ParameterizedTest
  @CsvSource({"denied, false", "lost, true"})
  void anOperationThatFailedIsForgottenUnlessNothingWasSaidAboutIt(
      String failure, boolean isFollowed) {
    azure.failing(problem(failure));
    var running = entry(State.PENDING).waitingFor("operation");

    var outcome = apply(new Step.FollowAssignment(running, true));

    assertThat(only(outcome)).isEqualTo(isFollowed ? running : entry(State.PENDING));
    assertThat(outcome.problems()).containsExactly(problem(failure));
  }

  /** The spec changed its mind while Azure was at work. */
  @ParameterizedTest
  @CsvSource({
    "true,  true,  ASSIGNED",
    "true,  false, PENDING",
    "false, true,  PENDING",
  })
  void whatAnOperationHasDoneIsReadFromTheResource(boolean isWanted, boolean isThere, State state) {
    azure.withResource(isThere ? machine(ID) : machine());
    var running = entry(State.PENDING).waitingFor("operation");

    var outcome = apply(new Step.FollowAssignment(running, isWanted));

    assertThat(outcome.status().assignments()).containsExactly(entry(state));
  }

  @Test
  void replacesAnIdentityThatWasDeleted() {
    azure.withResource(machine(ID, OTHER_ID));
    var successor = AssignmentPlanner.wanted(MACHINE, Situation.usable(ID, "client-2"));

    var outcome = apply(new Step.ReplaceAssignment(entry(State.PENDING), successor));

    assertThat(outcome.status().assignments()).containsExactly(successor);
    assertThat(has(ID)).isFalse();
    assertThat(has(OTHER_ID)).isTrue();
  }

  @Test
  void hasNothingToReplaceOnAResourceThatIsGone() {
    azure.removeResource(MACHINE);
    var successor = AssignmentPlanner.wanted(MACHINE, Situation.usable(ID, "client-2"));

    var outcome = apply(new Step.ReplaceAssignment(entry(State.PENDING), successor));

    assertThat(outcome.status().assignments()).containsExactly(successor);
    assertThat(outcome.problems())
        .extracting(Problem::reason)
        .containsExactly(Reason.AZURE_RESOURCE_NOT_FOUND);
  }

  private Outcome<IdentityBindingStatus> apply(Step.OfAssignment step) {
    return new AssignmentApplier(azure, new Operations(InstantSource.fixed(Situation.NOW)))
        .apply(step, status);
  }

  private boolean has(IdentityId identity) {
    return azure.resources().getFirst().has(identity);
  }

  private static AssignmentStatus only(Outcome<IdentityBindingStatus> outcome) {
    assertThat(outcome.status().assignments()).hasSize(1);
    return outcome.status().assignments().getFirst();
  }

  private static Problem problem(String word) {
    return switch (word) {
      case "denied" -> DENIED;
      case "lost" -> LOST;
      case "contended" -> new Problem.Contended("Somebody was faster.");
      case "waiting" -> new Problem.Waiting(Reason.OPERATION_IN_PROGRESS, "Not yet.");
      default -> throw new IllegalArgumentException(word);
    };
  }
}
