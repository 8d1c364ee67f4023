package dev.managedidentity.operator.identity;

import static dev.managedidentity.operator.identity.Situation.READER;
import static dev.managedidentity.operator.identity.Situation.WRITER;
import static dev.managedidentity.operator.identity.Situation.definitionId;
import static dev.managedidentity.operator.identity.Situation.entry;
import static dev.managedidentity.operator.identity.Situation.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.RoleAssignmentSpec;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.identity.IdentityFacts.Role;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.plan.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles that the guardrails refuse: kept and reported, or by setting removed and reported. */
class RefusedRolePlanTest {
  private static final Problem REFUSAL = new Problem.Refused(Reason.GUARDRAIL, "Not here.");
  private static final Problem NO_IDENTITY =
      new Problem.Refused(Reason.GUARDRAIL, "No identity here.");
  private static final Role REPORTED = new Role.Forbidden(REFUSAL, false);
  private static final Role REMOVED = new Role.Forbidden(REFUSAL, true);

  private static final RoleAssignmentStatus REFUSED =
      entry(READER, State.REFUSED).in(State.REFUSED, "Guardrail", REFUSAL.message());

  private static final RoleAssignmentSpec READER_BY_ID =
      new RoleAssignmentSpec(definitionId(READER), READER.scope(), null, null);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writesNothingForWhatWasNeverGranted(boolean isRemoved) {
    var given = written().wanting(READER, new Role.Forbidden(REFUSAL, isRemoved));

    assertThat(given.plan())
        .isEqualTo(IdentityPlan.last(List.of(new Step.RememberRole(REFUSED)), List.of(REFUSAL)));
    assertThat(given.having(READER, State.REFUSED).plan()).isEqualTo(given.plan());
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "ASSIGNED", "FOREIGN"})
  void keepsWhatWasGrantedAndReportsIt(State state) {
    var plan = written().having(READER, state).wanting(READER, REPORTED).plan();

    assertThat(plan).isEqualTo(IdentityPlan.blocked(REFUSAL));
  }

  /** It may be allowed again while nobody knows whether it is gone. */
  @Test
  void doubtsWhatItGrantedBeforeItRemovesIt() {
    var plan = written().having(READER, State.ASSIGNED).wanting(READER, REMOVED).plan();

    assertThat(plan).isEqualTo(again(new Step.DoubtRole(entry(READER, State.ASSIGNED))));
  }

  @Test
  void removesWhatMayBeItsOwn() {
    var plan = written().having(READER, State.PENDING).wanting(READER, REMOVED).plan();

    assertThat(plan).isEqualTo(again(new Step.UnassignRole(entry(READER, State.PENDING))));
  }

  @Test
  void leavesWhatSomebodyElseGranted() {
    var plan = written().having(READER, State.FOREIGN).wanting(READER, REMOVED).plan();

    assertThat(plan).isEqualTo(again(new Step.ForgetRole(entry(READER, State.FOREIGN))));
  }

  @Test
  void goesOnWithWhatIsAllowed() {
    var plan =
        written()
            .having(READER, State.PENDING)
            .having(WRITER, State.PENDING)
            .wanting(READER, REMOVED)
            .wanting(WRITER, new Role.NotAsked())
            .plan();

    assertThat(plan.steps())
        .hasSize(2)
        .contains(new Step.UnassignRole(entry(READER, State.PENDING)))
        .hasAtLeastOneElementOfType(Step.AssignRole.class);
  }

  /** One object in Azure, asked for by name and by id: no entry keeps it for the other. */
  @Test
  void removesAnAssignmentOfWhichEveryEntryIsRefused() {
    var given =
        written()
            .having(READER, State.PENDING)
            .wanting(READER, REMOVED)
            .wanting(READER_BY_ID, REMOVED);
    var alias = alias(State.PENDING);

    assertThat(given.knowing(given.status().withRole(alias)).plan().steps())
        .containsExactlyInAnyOrder(
            new Step.UnassignRole(entry(READER, State.PENDING)), new Step.UnassignRole(alias));
  }

  @Test
  void keepsAnAssignmentOfWhichAnotherEntryIsAllowed() {
    var given =
        written()
            .having(READER, State.ASSIGNED)
            .wanting(READER, REMOVED)
            .wanting(READER_BY_ID, new Role.NotAsked());

    assertThat(given.knowing(given.status().withRole(alias(State.ASSIGNED))).plan())
        .isEqualTo(again(new Step.ForgetRole(entry(READER, State.ASSIGNED))));
  }

  /** Rules may refuse the identity together with its roles. */
  @Test
  void removesRolesOfAnIdentityThatIsNotAllowedEither() {
    var given =
        written()
            .aimingAt(new Goal.Undefined(NO_IDENTITY))
            .having(READER, State.ASSIGNED)
            .having(WRITER, State.ASSIGNED)
            .wanting(READER, REMOVED)
            .wanting(WRITER, new Role.NotAsked());

    assertThat(given.plan()).isEqualTo(again(new Step.DoubtRole(entry(READER, State.ASSIGNED))));
    var doubted = given.having(READER, State.PENDING);
    assertThat(doubted.plan())
        .isEqualTo(again(new Step.UnassignRole(entry(READER, State.PENDING))));
    var removed = doubted.knowing(doubted.status().withoutRole(entry(READER, State.PENDING)));
    assertThat(removed.plan())
        .isEqualTo(
            IdentityPlan.last(
                List.of(new Step.RememberRole(REFUSED)), List.of(NO_IDENTITY, REFUSAL)));
  }

  @Test
  void grantsNothingToAnIdentityThatIsNotAllowed() {
    var given =
        written()
            .aimingAt(new Goal.Undefined(NO_IDENTITY))
            .having(READER, State.PENDING)
            .wanting(READER, new Role.NotAsked());

    assertThat(given.plan()).isEqualTo(IdentityPlan.blocked(NO_IDENTITY));
  }

  @Test
  void theVerdictIsTheRefusal() {
    var given = written().wanting(READER, REMOVED);
    var outcome = new Outcome<>(given.status().withRole(REFUSED), List.of());

    var verdict = IdentityStatusFactory.verdict(given.facts(), given.plan(), outcome);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Troubled.class, troubled -> assertThat(troubled.problem()).isEqualTo(REFUSAL));
  }

  private static RoleAssignmentStatus alias(State state) {
    var named = entry(READER, state);
    return new RoleAssignmentStatus(
        READER_BY_ID.role(),
        READER_BY_ID.scope(),
        named.roleDefinitionId(),
        named.principalId(),
        named.id(),
        named.appliedFingerprint(),
        state,
        null,
        null);
  }

  /** What is removed is then remembered as refused, once that is saved. */
  private static IdentityPlan again(Step step) {
    return IdentityPlan.then(step);
  }
}
