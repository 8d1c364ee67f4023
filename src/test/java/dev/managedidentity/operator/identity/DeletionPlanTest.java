package dev.managedidentity.operator.identity;

import static dev.managedidentity.operator.identity.Situation.ID;
import static dev.managedidentity.operator.identity.Situation.READER;
import static dev.managedidentity.operator.identity.Situation.WRITER;
import static dev.managedidentity.operator.identity.Situation.entry;
import static dev.managedidentity.operator.identity.Situation.fresh;
import static dev.managedidentity.operator.identity.Situation.named;
import static dev.managedidentity.operator.identity.Situation.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.identity.IdentityFacts.Existing;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How an identity ends. */
class DeletionPlanTest {
  private static final IdentityPlan NOTHING = IdentityPlan.last(List.of(), List.of());

  @Test
  void removesRolesFirstAndTheIdentityLast() {
    var plan =
        written()
            .having(READER, State.ASSIGNED)
            .having(WRITER, State.PENDING)
            .deleting(DeletionPolicy.DELETE)
            .plan();

    assertThat(plan.steps())
        .containsExactly(
            new Step.UnassignRole(entry(READER, State.ASSIGNED)),
            new Step.UnassignRole(entry(WRITER, State.PENDING)),
            new Step.DeleteIdentity(ID));
  }

  @Test
  void leavesRolesOfOthersAlone() {
    var plan =
        written()
            .having(READER, State.FOREIGN)
            .having(WRITER, State.REFUSED)
            .deleting(DeletionPolicy.DELETE)
            .plan();

    assertThat(plan.steps())
        .containsExactly(
            new Step.ForgetRole(entry(READER, State.FOREIGN)),
            new Step.ForgetRole(entry(WRITER, State.REFUSED)),
            new Step.DeleteIdentity(ID));
  }

  @Test
  void deletesAlsoWhatMayNeverHaveBeenWritten() {
    assertThat(named().deleting(DeletionPolicy.DELETE).plan().steps())
        .containsExactly(new Step.DeleteIdentity(ID));
  }

  @Test
  void hasNothingToDoWhereNothingWasNamed() {
    assertThat(fresh().deleting(DeletionPolicy.DELETE).plan()).isEqualTo(NOTHING);
  }

  @Test
  void needsNoCompleteConfiguration() {
    var problem = new Problem.Rejected(Reason.CONFIGURATION_INCOMPLETE, "What?");

    var plan = fresh().aimingAt(new Goal.Undefined(problem)).deleting(DeletionPolicy.DELETE).plan();

    assertThat(plan).isEqualTo(NOTHING);
  }

  static Stream<Existing> notOurs() {
    return Stream.of(
        new Existing.Absent(),
        new Existing.Unknown(
            new Problem.Missing(Reason.RESOURCE_GROUP_NOT_FOUND, "There is no subscription.")),
        new Existing.Foreign(Situation.found("principal-9", Map.of()), Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("notOurs")
  void neverDeletesWhatIsNotOursButItsOwnRoles(Existing existing) {
    var plan =
        written()
            .finding(existing)
            .having(READER, State.ASSIGNED)
            .deleting(DeletionPolicy.DELETE)
            .plan();

    assertThat(plan.steps()).containsExactly(new Step.UnassignRole(entry(READER, State.ASSIGNED)));
    assertThat(plan.problems()).isEmpty();
  }

  @Test
  void waitsUntilItIsKnownWhoseTheIdentityIs() {
    var problem = new Problem.Unreachable("No answer.");

    var plan =
        written()
            .finding(new Existing.Unknown(problem))
            .having(READER, State.ASSIGNED)
            .deleting(DeletionPolicy.DELETE)
            .plan();

    assertThat(plan).isEqualTo(IdentityPlan.last(List.of(), List.of(problem)));
  }

  @Test
  void waitsWhileBindingsUseTheIdentityAndNamesThem() {
    var plan = written().usedBy("a/b", "c/d").deleting(DeletionPolicy.DELETE).plan();

    assertThat(plan)
        .isEqualTo(
            IdentityPlan.last(
                List.of(), List.of(new Problem.Waiting(Reason.IN_USE, "Still used by a/b, c/d."))));
    assertThat(written().usedBy("a/b").deleting(DeletionPolicy.RETAIN).plan().problems())
        .hasSize(1);
  }

  @Test
  void leavesAllInPlaceWhereItIsRetained() {
    var plan = written().having(READER, State.ASSIGNED).deleting(DeletionPolicy.RETAIN).plan();

    assertThat(plan).isEqualTo(NOTHING);
  }
}
