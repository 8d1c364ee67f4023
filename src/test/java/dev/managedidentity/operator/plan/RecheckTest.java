package dev.managedidentity.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When a resource is looked at again although nothing happened. */
class RecheckTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Verdict FINE = new Verdict.Proven(Reason.BOUND, "Fine.");
  private static final Problem LOST = new Problem.Unreachable("No answer.");
  private static final Problem DENIED = new Problem.Denied(Reason.AUTHORIZATION_FAILED, "No.");
  private static final Problem NO_ACCOUNT =
      new Problem.Waiting(Reason.SERVICE_ACCOUNT_NOT_FOUND, "Not there.");
  private static final Problem NOT_VISIBLE =
      new Problem.Waiting(Reason.PRINCIPAL_NOT_VISIBLE, "Not seen.");

  private static final Problem PENDING =
      new Problem.Waiting(Reason.TOKEN_EXCHANGE_PENDING, "Not yet.");

  private List<Condition> conditions = List.of();
  private Instant now = START;

  @Test
  void whatIsAsAskedNeedsNoLook() {
    assertThat(recheck(FINE)).isEmpty();
    assertThat(recheck(new Verdict.Progressing(Reason.DELETING, "Going."))).isEmpty();
  }

  @Test
  void throttlingIsObeyedExactly() {
    var told = new Problem.Throttled(Duration.ofMillis(12_345), "Slow down.");

    assertThat(recheck(told)).contains(Duration.ofMillis(12_345));
  }

  @Test
  void throttlingIsObeyedAlsoBesideOtherProblems() {
    var told = new Problem.Throttled(Duration.ofSeconds(90), "Slow down.");
    var toldMore = new Problem.Throttled(Duration.ofSeconds(100), "Slow down.");

    assertThat(recheck(LOST, told)).contains(Duration.ofSeconds(90));
    assertThat(recheck(told, DENIED, toldMore)).contains(Duration.ofSeconds(100));
  }

  @Test
  void whatAPersonMustSolveOutsideTheClusterIsLookedAtEveryFiveMinutes() {
    assertThat(recheck(DENIED)).contains(Duration.ofMinutes(5));
    now = now.plusSeconds(3_600);
    assertThat(recheck(DENIED)).contains(Duration.ofMinutes(5));
  }

  @Test
  void whatOnlyAnEventCanSolveWaitsForTheEvent() {
    assertThat(recheck(new Problem.Refused(Reason.NAMESPACE_NOT_ALLOWED, "No."))).isEmpty();
    assertThat(recheck(new Problem.Rejected(Reason.INVALID_REQUEST, "No."))).isEmpty();
  }

  @Test
  void whatIsMissingIsLookedAtWhenPatienceEnds() {
    assertThat(recheck(NO_ACCOUNT)).contains(Conditions.PATIENCE.plusSeconds(1));

    now = now.plus(Conditions.PATIENCE).plusSeconds(1);
    assertThat(recheck(NO_ACCOUNT)).isEmpty();
    assertThat(Conditions.status(Conditions.READY, conditions)).isEqualTo("False");
  }

  /** Reconciling may have begun long before: with a trouble that left Ready alone. */
  @Test
  void patienceIsCountedFromWhereReadyWasLost() {
    recheck(FINE);
    recheck(LOST);
    now = now.plus(Duration.ofMinutes(10));

    assertThat(recheck(NO_ACCOUNT)).contains(Conditions.PATIENCE.plusSeconds(1));
  }

  @Test
  void whatPassesByItselfIsLookedAtEverMoreSeldom() {
    assertThat(recheck(LOST)).contains(Duration.ofSeconds(1));
    now = now.plusSeconds(40);
    assertThat(recheck(LOST)).contains(Duration.ofSeconds(20));
    now = now.plusSeconds(3_600);
    assertThat(recheck(LOST)).contains(Duration.ofMinutes(5));
  }

  @Test
  void whatDidNotPassInTimeIsLookedAtNoMoreOftenThanBefore() {
    recheck(NOT_VISIBLE);
    now = now.plus(Conditions.PATIENCE);

    assertThat(recheck(NOT_VISIBLE)).contains(Duration.ofMinutes(5));
    assertThat(Conditions.status(Conditions.READY, conditions)).isEqualTo("False");
  }

  /** A minute is what Azure takes; whoever waits shall not wait ten seconds longer. */
  @Test
  void aProofIsTriedAgainWithinTenSecondsForTheFirstMinutes() {
    while (now.isBefore(START.plusSeconds(90))) {
      var look = recheck(PENDING).orElseThrow();
      assertThat(look).isLessThan(Duration.ofSeconds(10));
      now = now.plus(look);
    }
    now = now.plusSeconds(3_600);
    assertThat(recheck(PENDING)).contains(Duration.ofMinutes(5));
  }

  /** Else a binding that waited an hour for its identity would be proven minutes too late. */
  @Test
  void theTimeOfAProofIsCountedFromWhereItFirstFailed() {
    recheck(NOT_VISIBLE);
    now = now.plusSeconds(3_600);
    recheck(PENDING);
    var unproven =
        Conditions.condition(
            Conditions.TOKEN_EXCHANGE_VERIFIED, "Unknown", PENDING.reason(), "Not yet.", 1);
    var since = Conditions.with(unproven, conditions, List.of(), now);

    now = now.plusSeconds(30);

    var verdict = Verdict.of(List.of(PENDING), FINE);
    assertThat(Conditions.recheckAfter(verdict, since, now)).contains(Duration.ofSeconds(3));
    assertThat(Conditions.recheckAfter(verdict, conditions, now)).contains(Duration.ofMinutes(5));
  }

  @Test
  void theSoonestLookIsTakenWhenThereAreSeveralProblems() {
    assertThat(recheck(NO_ACCOUNT, LOST)).contains(Duration.ofSeconds(1));
    assertThat(recheck(NO_ACCOUNT, DENIED)).contains(Duration.ofMinutes(5));
  }

  /** Else nobody would look after the other problem until the spec changes. */
  @Test
  void aProblemThatNeedsAnEventDoesNotHideOneThatNeedsALook() {
    var forbidden = new Problem.Refused(Reason.NAMESPACE_NOT_ALLOWED, "No.");

    assertThat(recheck(forbidden, LOST)).contains(Duration.ofMinutes(5));
  }

  static Stream<Arguments> pairs() {
    return Arrays.stream(Reason.values())
        .flatMap(one -> Arrays.stream(Reason.values()).map(other -> Arguments.of(one, other)));
  }

  /** Whatever stands beside it, and whichever of them the conditions show. */
  @ParameterizedTest
  @MethodSource("pairs")
  void nothingThatNoEventTellsOfIsForgotten(Reason one, Reason other) {
    var needsALook = Stream.of(one, other).anyMatch(each -> each.retry() != Retry.ON_CHANGE);

    for (var minutes = 0; minutes < 20; minutes++) {
      var look = recheck(new Problem.Waiting(one, "x"), new Problem.Blocked(other, "y"));
      if (needsALook) {
        assertThat(look).hasValueSatisfying(RecheckTest::isInBounds);
      }
      look.ifPresent(RecheckTest::isInBounds);
      now = now.plusSeconds(60);
    }
  }

  private static void isInBounds(Duration look) {
    assertThat(look).isBetween(Duration.ofSeconds(1), Conditions.PATIENCE.plusSeconds(1));
  }

  private Optional<Duration> recheck(Problem... problems) {
    return recheck(Verdict.of(List.of(problems), FINE));
  }

  private Optional<Duration> recheck(Verdict verdict) {
    conditions = Conditions.of(verdict, conditions, 1, now);
    return Conditions.recheckAfter(verdict, conditions, now);
  }
}
