package dev.managedidentity.operator.identity;

import static dev.managedidentity.operator.identity.Situation.DEFINITION;
import static dev.managedidentity.operator.identity.Situation.ID;
import static dev.managedidentity.operator.identity.Situation.fresh;
import static dev.managedidentity.operator.identity.Situation.named;
import static dev.managedidentity.operator.identity.Situation.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.identity.IdentityFacts.Existing;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How an identity comes to be and changes; its roles and its end have tests of their own. */
class IdentityPlannerTest {
  private static final Problem LOST = new Problem.Unreachable("No answer.");

  static Stream<Existing> mayBeWritten() {
    return Stream.of(
        new Existing.NotAsked(),
        new Existing.Absent(),
        new Existing.Ours(Situation.found("principal-1", Map.of())));
  }

  @ParameterizedTest
  @MethodSource("mayBeWritten")
  void remembersTheNameBeforeAnythingElse(Existing existing) {
    var plan = fresh().finding(existing).plan();

    assertThat(plan)
        .isEqualTo(
            new IdentityPlan(
                List.of(
                    new Step.RememberIdentity(ID, "westeurope", Ownership.CREATED, Set.of("team"))),
                List.of(),
                List.of(),
                true));
  }

  @ParameterizedTest
  @MethodSource("mayBeWritten")
  void writesWhatWasRememberedAndThenGoesOn(Existing existing) {
    var plan = named().finding(existing).plan();

    assertThat(plan.steps())
        .singleElement()
        .isInstanceOfSatisfying(
            Step.WriteIdentity.class,
            write -> {
              assertThat(write.definition()).isEqualTo(DEFINITION);
              assertThat(write.isFirstTry()).isFalse();
            });
    assertThat(plan.hasMore()).isTrue();
  }

  @Test
  void knowsTheFirstTryOfAName() {
    var plan = named().trying(ID.key()).plan();

    assertThat(plan.steps())
        .singleElement()
        .isInstanceOfSatisfying(
            Step.WriteIdentity.class, write -> assertThat(write.isFirstTry()).isTrue());
  }

  @Test
  void namesForTheNextTurnWhatItRemembers() {
    assertThat(fresh().plan().names()).containsExactly(ID.key());
    assertThat(named().plan().names()).isEmpty();
  }

  @Test
  void leavesAnotherOwnersIdentityAlone() {
    var foreign =
        new Existing.Foreign(
            Situation.found("principal-9", Map.of()),
            Optional.of(new Problem.Refused(Reason.OWNED_BY_ANOTHER, "It belongs to X.")));

    var plan = fresh().finding(foreign).plan();

    assertThat(plan)
        .isEqualTo(
            IdentityPlan.blocked(new Problem.Refused(Reason.OWNED_BY_ANOTHER, "It belongs to X.")));
    assertThat(named().finding(foreign).plan()).isEqualTo(plan);
  }

  @Test
  void doesNothingWhileNobodyKnowsWhoseTheIdentityIs() {
    assertThat(fresh().finding(new Existing.Unknown(LOST)).plan())
        .isEqualTo(IdentityPlan.blocked(LOST));
    assertThat(named().finding(new Existing.Unknown(LOST)).plan())
        .isEqualTo(IdentityPlan.blocked(LOST));
  }

  @Test
  void doesNothingWhileTheConfigurationIsIncomplete() {
    var problem = new Problem.Rejected(Reason.CONFIGURATION_INCOMPLETE, "What?");

    assertThat(fresh().aimingAt(new Goal.Undefined(problem)).plan())
        .isEqualTo(IdentityPlan.blocked(problem));
  }

  @Test
  void hasNothingToDoWhenAllIsAsAsked() {
    assertThat(written().plan()).isEqualTo(IdentityPlan.last(List.of(), List.of()));
  }

  static Stream<IdentityDefinition> otherDefinitions() {
    return Stream.of(
        Situation.definition(true, Map.of("team", "shop")),
        Situation.definition(false, Map.of()),
        Situation.definition(false, Map.of("team", "Shop")),
        Situation.definition(false, Map.of("Team", "shop")),
        Situation.definition(false, Map.of("team", "shop", "cost", "7")));
  }

  /** A lost answer leaves Azure as the new definition says while the user goes back to the old. */
  @ParameterizedTest
  @MethodSource("otherDefinitions")
  void doubtsTheIdentityBeforeItChangesIt(IdentityDefinition definition) {
    var given = written().aimingAt(new Goal.Defined(definition));

    assertThat(given.plan().hasMore()).isTrue();
    assertThat(given.plan().steps())
        .singleElement()
        .isInstanceOfSatisfying(
            Step.DoubtIdentity.class,
            doubt ->
                assertThat(doubt.tags()).containsAll(definition.tags().keySet()).contains("team"));
    assertThat(given.plan().names()).isEmpty();

    var doubted =
        given.knowing(given.status().withUnknownContent(List.of("team", "Team", "cost"))).plan();
    assertThat(doubted.steps())
        .singleElement()
        .isInstanceOfSatisfying(
            Step.WriteIdentity.class,
            write -> assertThat(write.definition()).isEqualTo(definition));
    assertThat(doubted.hasMore()).isTrue();
  }

  @Test
  void tellsTagsApartThatLookAlikeWhenPrinted() {
    var one = new Goal.Defined(Situation.definition(false, Map.of("a", "1, b=2")));
    var two = new Goal.Defined(Situation.definition(false, Map.of("a", "1", "b", "2")));

    assertThat(fingerprint(one)).isNotEqualTo(fingerprint(two));
  }

  private static String fingerprint(Goal goal) {
    return Content.of(((Goal.Defined) goal).definition());
  }
}
