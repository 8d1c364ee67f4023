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
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.identity.IdentityFacts.Role;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each state of a role assignment, wanted and unwanted, with and without its definition. */
class RolePlanTest {
  private static final Role FOUND = new Role.Found(definitionId(READER));
  private static final Problem UNKNOWN_ROLE = new Problem.Missing(Reason.ROLE_NOT_FOUND, "Which?");
  private static final Problem LOST = new Problem.Unreachable("No answer.");

  @Test
  void remembersTheNameOfAWantedAssignment() {
    var plan = written().wanting(READER, FOUND).plan();

    assertThat(plan)
        .isEqualTo(
            new IdentityPlan(
                List.of(new Step.RememberRole(entry(READER, State.PENDING))),
                List.of(),
                List.of(),
                true));
    assertThat(plan.names()).containsExactly("Reader at /subscriptions/s1");
  }

  @Test
  void remembersAllNamesBeforeTheFirstWrite() {
    var plan =
        written()
            .having(WRITER, State.PENDING)
            .wanting(WRITER, new Role.NotAsked())
            .wanting(READER, FOUND)
            .plan();

    assertThat(plan.steps()).containsExactly(new Step.RememberRole(entry(READER, State.PENDING)));
  }

  @Test
  void assignsWhatWasRemembered() {
    var given = written().having(READER, State.PENDING).wanting(READER, new Role.NotAsked());

    assertThat(given.plan())
        .isEqualTo(IdentityPlan.last(List.of(assign(READER, false)), List.of()));
    assertThat(given.trying("Reader at /subscriptions/s1").plan().steps())
        .containsExactly(assign(READER, true));
  }

  @ParameterizedTest
  @EnumSource(names = {"ASSIGNED", "FOREIGN"})
  void hasNothingToDoForWhatIsThere(State state) {
    var plan = written().having(READER, state).wanting(READER, new Role.NotAsked()).plan();

    assertThat(plan).isEqualTo(IdentityPlan.last(List.of(), List.of()));
  }

  @Test
  void plansNothingForWhatAnotherMade() {
    assertThat(written().wanting(READER, new Role.MadeByAnother()).plan())
        .isEqualTo(IdentityPlan.last(List.of(), List.of()));
  }

  @Test
  void triesAgainWhatWasRefused() {
    var plan = written().having(READER, State.REFUSED).wanting(READER, FOUND).plan();

    assertThat(plan.steps()).containsExactly(new Step.RememberRole(entry(READER, State.PENDING)));
    assertThat(plan.hasMore()).isTrue();
  }

  @Test
  void showsInItsEntryThatARoleDoesNotExist() {
    var plan = written().wanting(READER, new Role.NotFound(UNKNOWN_ROLE)).plan();

    var refused =
        entry(READER, State.REFUSED).in(State.REFUSED, "RoleNotFound", UNKNOWN_ROLE.message());
    assertThat(plan)
        .isEqualTo(
            IdentityPlan.last(List.of(new Step.RememberRole(refused)), List.of(UNKNOWN_ROLE)));
  }

  @Test
  void reportsWithoutAnEntryThatTheRoleCouldNotBeAskedFor() {
    var plan = written().wanting(READER, new Role.NotFound(LOST)).plan();

    assertThat(plan).isEqualTo(IdentityPlan.last(List.of(), List.of(LOST)));
  }

  @Test
  void aRoleThatDoesNotExistKeepsNoOtherFromBeingAssigned() {
    var given =
        written()
            .wanting(READER, new Role.NotFound(UNKNOWN_ROLE))
            .wanting(WRITER, new Role.Found(definitionId(WRITER)));

    assertThat(given.plan().steps())
        .containsExactly(new Step.RememberRole(entry(WRITER, State.PENDING)));

    var next = given.having(WRITER, State.PENDING).plan();
    assertThat(next.steps()).hasSize(2).contains(assign(WRITER, false));
    assertThat(next.problems()).containsExactly(UNKNOWN_ROLE);
  }

  @ParameterizedTest
  @CsvSource({"PENDING, true", "FOREIGN, false", "REFUSED, false"})
  void removesWhatIsNoLongerWantedOnlyWhereItMayBeOurs(State state, boolean isRemoved) {
    var plan = written().having(READER, state).plan();

    assertThat(plan.steps()).containsExactly(removal(entry(READER, state), isRemoved));
    assertThat(plan.hasMore()).isFalse();
  }

  /** It may be asked for again while nobody knows whether it is gone. */
  @Test
  void doubtsAnAssignmentBeforeItRemovesIt() {
    var plan = written().having(READER, State.ASSIGNED).plan();

    assertThat(plan)
        .isEqualTo(
            new IdentityPlan(
                List.of(new Step.DoubtRole(entry(READER, State.ASSIGNED))),
                List.of(),
                List.of(),
                true));
    assertThat(plan.names()).isEmpty();
  }

  @Test
  void removesTheOldWhereARoleMovesToAnotherScope() {
    var moved = new RoleAssignmentSpec(READER.role(), "/subscriptions/s3", null, null);

    var plan =
        written()
            .having(READER, State.PENDING)
            .having(moved, State.PENDING)
            .wanting(moved, new Role.NotAsked())
            .plan();

    assertThat(plan.steps())
        .containsExactly(assign(moved, false), new Step.UnassignRole(entry(READER, State.PENDING)));
  }

  /** The same grant by another name, by id for example, is the same object in Azure. */
  @Test
  void doesNotRemoveTheAssignmentThatAnotherEntryOfTheSameGrantNeeds() {
    var byId = new RoleAssignmentSpec(definitionId(READER), READER.scope(), null, null);
    var same = entry(READER, State.ASSIGNED);
    var alias =
        new RoleAssignmentStatus(
            byId.role(),
            byId.scope(),
            same.roleDefinitionId(),
            "principal-1",
            Objects.requireNonNull(same.id()).toUpperCase(java.util.Locale.ROOT),
            Situation.content(READER),
            State.ASSIGNED,
            null,
            null);
    var given = written().having(READER, State.ASSIGNED);
    given = given.knowing(given.status().withRole(alias));

    assertThat(given.wanting(byId, new Role.NotAsked()).plan().steps())
        .containsExactly(new Step.ForgetRole(same));
    assertThat(given.wanting(READER, new Role.NotAsked()).plan().steps())
        .containsExactly(new Step.ForgetRole(alias));
    assertThat(given.plan().steps())
        .as("none of them wanted any more")
        .containsExactly(new Step.DoubtRole(same), new Step.DoubtRole(alias));
  }

  /** Else a definite refusal would make the operator forget what the other entry stands for. */
  @Test
  void isNoFirstTryWhereAnotherEntryOfTheSameGrantMayHaveBeenWritten() {
    var byId = new RoleAssignmentSpec(definitionId(READER), READER.scope(), null, null);
    var same = entry(READER, State.ASSIGNED);
    var alias =
        new RoleAssignmentStatus(
            byId.role(),
            byId.scope(),
            same.roleDefinitionId(),
            "principal-1",
            same.id(),
            null,
            State.PENDING,
            null,
            null);
    var given = written().having(READER, State.ASSIGNED).wanting(byId, new Role.NotAsked());

    var plan =
        given
            .knowing(given.status().withRole(alias))
            .trying(byId.role() + " at " + byId.scope())
            .plan();

    assertThat(plan.steps().getFirst())
        .isInstanceOfSatisfying(
            Step.AssignRole.class, assign -> assertThat(assign.isFirstTry()).isFalse());
  }

  @Test
  void waitsWithRolesUntilTheIdentityIsWritten() {
    var plan = Situation.named().wanting(READER, FOUND).plan();

    assertThat(plan.steps()).singleElement().isInstanceOf(Step.WriteIdentity.class);
  }

  private static Step removal(RoleAssignmentStatus entry, boolean isRemoved) {
    return isRemoved ? new Step.UnassignRole(entry) : new Step.ForgetRole(entry);
  }

  private static Step assign(RoleAssignmentSpec role, boolean isFirstTry) {
    var entry = entry(role, State.PENDING);
    var id = Objects.requireNonNull(entry.id());
    return new Step.AssignRole(
        entry,
        new RoleAssignment(
            role.scope(),
            id.substring(id.lastIndexOf('/') + 1),
            definitionId(role),
            "principal-1",
            null,
            Situation.OWNER.toString()),
        Situation.content(role),
        isFirstTry);
  }
}
