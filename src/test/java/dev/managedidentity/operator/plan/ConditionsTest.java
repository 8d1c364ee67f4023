package dev.managedidentity.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions as they follow each other in a {@link History}, which is told what time it is. */
class ConditionsTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00.987654321Z");
  private static final Verdict FINE = new Verdict.Proven(Reason.BOUND, "Fine.");
  private static final Verdict WORK = new Verdict.Progressing(Reason.PROGRESSING, "At work.");
  private static final Verdict LOST = troubled(new Problem.Unreachable("No answer."));
  private static final Verdict DENIED =
      troubled(new Problem.Denied(Reason.AUTHORIZATION_FAILED, "No."));
  private static final Verdict NO_IDENTITY = waiting(Reason.IDENTITY_NOT_FOUND);
  private static final Verdict NOT_READY = waiting(Reason.IDENTITY_NOT_READY);

  private final History history = new History();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new     | fine    | Ready=True/Bound
          new     | work    | Ready=Unknown/Progressing Reconciling=True/Progressing
          new     | lost    | Ready=Unknown/Unreachable Reconciling=True/Unreachable
          new     | denied  | Ready=False/AuthorizationFailed Stalled=True/AuthorizationFailed
          new     | waiting | Ready=Unknown/IdentityNotFound Reconciling=True/IdentityNotFound
          fine    | fine    | Ready=True/Bound
          fine    | work    | Ready=True/Bound Reconciling=True/Progressing
          fine    | lost    | Ready=True/Bound Reconciling=True/Unreachable
          fine    | denied  | Ready=False/AuthorizationFailed Stalled=True/AuthorizationFailed
          fine    | waiting | Ready=Unknown/IdentityNotFound Reconciling=True/IdentityNotFound
          work    | fine    | Ready=True/Bound
          work    | lost    | Ready=Unknown/Unreachable Reconciling=True/Unreachable
          work    | denied  | Ready=False/AuthorizationFailed Stalled=True/AuthorizationFailed
          lost    | fine    | Ready=True/Bound
          lost    | work    | Ready=Unknown/Progressing Reconciling=True/Progressing
          denied  | fine    | Ready=True/Bound
          denied  | lost    | Ready=Unknown/Unreachable Reconciling=True/Unreachable
          denied  | waiting | Ready=Unknown/IdentityNotFound Reconciling=True/IdentityNotFound
          waiting | fine    | Ready=True/Bound
          waiting | denied  | Ready=False/AuthorizationFailed Stalled=True/AuthorizationFailed
          """)
  void followFromTheVerdictAndFromWhatWasBefore(String before, String verdict, String conditions) {
    if (!before.equals("new")) {
      history.add(verdict(before));
    }

    history.add(verdict(verdict));

    assertThat(history.text()).isEqualTo(conditions);
  }

  @Test
  void readyStaysTrueInTroubleThatPassesUntilTheProofIsTooOld() {
    history.add(FINE).wait(Duration.ofHours(3)).add(LOST);
    assertThat(history.ready()).isEqualTo("True");

    history.wait(Conditions.STALENESS.minusSeconds(1)).add(LOST);
    assertThat(history.ready()).isEqualTo("True");

    history.wait(Duration.ofSeconds(1)).add(LOST);
    assertThat(history.text()).isEqualTo("Ready=Unknown/Unreachable Reconciling=True/Unreachable");
  }

  @Test
  void whatIsWaitedForIsMissingForFiveMinutesBeforeAPersonMustAct() {
    history.add(NO_IDENTITY).wait(Conditions.PATIENCE.minusSeconds(1)).add(NO_IDENTITY);
    assertThat(history.ready()).isEqualTo("Unknown");

    history.wait(Duration.ofSeconds(1)).add(NO_IDENTITY);
    assertThat(history.text())
        .isEqualTo("Ready=False/IdentityNotFound Stalled=True/IdentityNotFound");

    history.wait(Duration.ofHours(1)).add(NO_IDENTITY);
    assertThat(history.ready()).isEqualTo("False");
  }

  @ParameterizedTest
  @CsvSource({"fine", "work", "denied", "waiting"})
  void aPauseIsSaidUntilWorkGoesOn(String before) {
    history.add(verdict(before));
    var ready = history.text().split(" ", -1)[0];

    history.pause();
    assertThat(history.text()).isEqualTo(ready + " Paused=True/Paused");

    history.add(WORK);
    assertThat(history.text()).doesNotContain("Paused=").startsWith(ready.split("/", -1)[0]);
    history.add(FINE);
    assertThat(history.text()).isEqualTo("Ready=True/Bound");
  }

  @Test
  void aResourceThatIsPausedFromTheBeginningSaysSo() {
    history.pause();

    assertThat(history.text()).isEqualTo("Ready=Unknown/Paused Paused=True/Paused");
  }

  @Test
  void patienceBeginsAnewForSomethingElseThatIsMissing() {
    history.add(NO_IDENTITY).wait(Conditions.PATIENCE).add(NO_IDENTITY);

    history.wait(Duration.ofSeconds(10)).add(NOT_READY);
    assertThat(history.ready()).isEqualTo("Unknown");

    history.wait(Conditions.PATIENCE).add(NOT_READY);
    assertThat(history.ready()).isEqualTo("False");
  }

  @Test
  void patienceBeginsAnewForANewSpec() {
    history.add(NO_IDENTITY).wait(Conditions.PATIENCE).add(NO_IDENTITY);

    history.edit().add(NO_IDENTITY);

    assertThat(history.ready()).isEqualTo("Unknown");
  }

  @Test
  void anotherTryDoesNotHideThatAPersonMustAct() {
    var stalled = history.add(DENIED).conditions();

    history.wait(Duration.ofMinutes(5)).add(WORK);
    assertThat(history.conditions()).isEqualTo(stalled);

    history.add(DENIED);
    assertThat(history.conditions()).isEqualTo(stalled);
  }

  @Test
  void anotherTryDoesNotBeginPatienceAnew() {
    history.add(WORK).add(NO_IDENTITY).wait(Conditions.PATIENCE).add(WORK).add(NO_IDENTITY);
    assertThat(history.ready()).isEqualTo("False");

    history.wait(Duration.ofMinutes(5)).add(WORK).add(NO_IDENTITY);
    assertThat(history.ready()).isEqualTo("False");
  }

  @Test
  void workOnANewSpecIsShownAlsoWhereTheOldOneStalled() {
    history.add(DENIED).edit().add(WORK);

    assertThat(history.text()).isEqualTo("Ready=Unknown/Progressing Reconciling=True/Progressing");
  }

  @Test
  void aTransitionTimeIsThatOfTheLastChangeOfStatusInWholeSeconds() {
    history.add(WORK).wait(Duration.ofMinutes(1)).add(LOST);
    assertThat(history.conditions())
        .extracting(Condition::lastTransitionTime)
        .containsExactly("2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z");

    history.wait(Duration.ofMinutes(1)).add(FINE);
    assertThat(history.conditions())
        .extracting(Condition::lastTransitionTime)
        .containsExactly("2026-03-01T12:02:00Z");
  }

  @Test
  void aProofThatStaysSpeaksOfTheGenerationThatWasProven() {
    history.add(FINE).edit().add(LOST);

    assertThat(history.conditions())
        .extracting(Condition::type, Condition::observedGeneration)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Ready", 1L),
            org.assertj.core.groups.Tuple.tuple("Reconciling", 2L));
  }

  @Test
  void theStatusOfAConditionThatIsNotThereIsNull() {
    history.add(FINE);

    assertThat(Conditions.status(Conditions.READY, history.conditions())).isEqualTo("True");
    assertThat(Conditions.status(Conditions.STALLED, history.conditions())).isNull();
  }

  private static Verdict verdict(String word) {
    return switch (word) {
      case "fine" -> FINE;
      case "work" -> WORK;
      case "lost" -> LOST;
      case "denied" -> DENIED;
      case "waiting" -> NO_IDENTITY;
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static Verdict waiting(Reason reason) {
    return troubled(new Problem.Waiting(reason, "Not there."));
  }

  private static Verdict troubled(Problem problem) {
    return Verdict.of(List.of(problem), FINE);
  }

  /** The life of a resource, verdict by verdict. */
  private static final class History {
    private Instant now = START;
    private long generation = 1;
    private List<Condition> conditions = List.of();

    History add(Verdict verdict) {
      conditions =
          Conditions.of(verdict, conditions, generation, InstantSource.fixed(now).instant());
      return this;
    }

    void pause() {
      conditions = Conditions.paused(conditions, generation, InstantSource.fixed(now).instant());
    }

    History wait(Duration time) {
      now = now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).plus(time);
      return this;
    }

    History edit() {
      generation++;
      return this;
    }

    List<Condition> conditions() {
      return conditions;
    }

    String ready() {
      return String.valueOf(Conditions.status(Conditions.READY, conditions));
    }

    String text() {
      return conditions.stream()
          .map(one -> "%s=%s/%s".formatted(one.type(), one.status(), one.reason()))
          .collect(Collectors.joining(" "));
    }
  }
}
