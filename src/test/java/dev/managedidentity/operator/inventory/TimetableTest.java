package dev.managedidentity.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimetableTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String WIDE = "/subscriptions/s";
  private static final String NARROW = "/subscriptions/s/resourcegroups/g";
  private static final List<String> BOTH = List.of(WIDE, NARROW);

  private final Time time = new Time();
  private final Timetable timetable = timetable(MINUTE, 0.5);

  @ParameterizedTest
  @CsvSource({"0.0, 0", "0.25, 15", "1.0, 60"})
  void theFirstLookIsAtAnyMomentWithinAnInterval(double chance, int seconds) {
    var own = timetable(MINUTE, chance);

    if (seconds > 0) {
      assertThat(depart(own, WIDE)).isEmpty();
      time.pass(Duration.ofSeconds(seconds).minusNanos(1));
      assertThat(depart(own, WIDE)).isEmpty();
      time.pass(Duration.ofNanos(1));
    }
    assertThat(depart(own, WIDE)).containsExactly(WIDE);
  }

  @ParameterizedTest
  @CsvSource({"0.0, 48", "0.5, 54", "1.0, 60"})
  void theNextLookFollowsWithinAnInterval(double chance, int seconds) {
    var own = timetable(MINUTE, chance);
    own.listed(WIDE);
    depart(own, WIDE);

    time.pass(Duration.ofSeconds(seconds).minusNanos(1));
    assertThat(depart(own, WIDE)).isEmpty();
    time.pass(Duration.ofNanos(1));
    assertThat(depart(own, WIDE)).containsExactly(WIDE);
  }

  @Test
  void aScopeThatIsUnderWayIsNotListedASecondTime() {
    timetable.listed(WIDE);
    time.pass(MINUTE);
    assertThat(depart(timetable, WIDE)).containsExactly(WIDE);

    time.pass(MINUTE.multipliedBy(10));

    assertThat(depart(timetable, WIDE)).isEmpty();
  }

  @Test
  void whatFailedIsTriedAgainAtTheNextLook() {
    timetable.failed(WIDE, Duration.ZERO);

    time.pass(Duration.ofSeconds(54));

    assertThat(depart(timetable, WIDE)).containsExactly(WIDE);
  }

  @Test
  void whatWasThrottledIsNotTriedBeforeItsDelay() {
    timetable.failed(WIDE, Duration.ofMinutes(5));

    time.pass(Duration.ofMinutes(5).minusNanos(1));
    assertThat(depart(timetable, WIDE)).isEmpty();
    time.pass(Duration.ofNanos(1));
    assertThat(depart(timetable, WIDE)).containsExactly(WIDE);
  }

  @Test
  void theWidestScopeIsUsed() {
    assertThat(timetable.choose(BOTH)).isEqualTo(WIDE);
  }

  @Test
  void aNarrowerScopeServesAtOnceWhereAWiderOneIsDenied() {
    timetable.denied(WIDE, List.of(NARROW));

    assertThat(timetable.choose(BOTH)).isEqualTo(NARROW);
    assertThat(depart(timetable, NARROW)).containsExactly(NARROW);
  }

  @Test
  void aDenialHoldsForAnHour() {
    timetable.denied(WIDE, List.of(NARROW));
    depart(timetable, NARROW);
    timetable.listed(NARROW);

    time.pass(Timetable.DENIAL.minusNanos(1));
    assertThat(timetable.choose(BOTH)).isEqualTo(NARROW);
    time.pass(Duration.ofNanos(1));
    assertThat(timetable.choose(BOTH)).isEqualTo(WIDE);
    assertThat(depart(timetable, WIDE)).containsExactly(WIDE);
  }

  @Test
  void theNarrowestIsTriedAgainSoonWhenAllAreDenied() {
    timetable.denied(WIDE, List.of(NARROW));
    timetable.denied(NARROW, List.of());

    assertThat(timetable.choose(BOTH)).isEqualTo(NARROW);
    assertThat(depart(timetable, NARROW)).isEmpty();
    time.pass(Duration.ofSeconds(54));
    assertThat(depart(timetable, NARROW)).containsExactly(NARROW);
  }

  @Test
  void aDeniedScopeIsTriedAgainWithinAnHourHoweverLongTheIntervalIs() {
    var seldom = timetable(Duration.ofHours(6), 1);
    seldom.denied(WIDE, List.of());
    depart(seldom, WIDE);

    time.pass(Timetable.DENIAL);

    assertThat(depart(seldom, WIDE)).containsExactly(WIDE);
  }

  @Test
  void aScopeThatCouldBeListedAgainIsNotDenied() {
    timetable.denied(WIDE, List.of(NARROW));
    timetable.listed(WIDE);

    assertThat(timetable.choose(BOTH)).isEqualTo(WIDE);
  }

  @Test
  void theNextRoundIsWhenAScopeIsDueButSoonEnoughForNewOnes() {
    timetable.failed(WIDE, Duration.ZERO);
    assertThat(pause(WIDE)).as("a quarter of an interval").isEqualTo(Duration.ofSeconds(15));

    time.pass(Duration.ofSeconds(50));
    assertThat(pause(WIDE)).as("until it is due").isEqualTo(Duration.ofSeconds(4));

    time.pass(Duration.ofMillis(3_900));
    assertThat(pause(WIDE)).as("not all the time").isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aLongIntervalIsNoReasonToOverlookNewScopesForLong() {
    assertThat(timetable(Duration.ofHours(6), 0.5).depart(Set.of(), Set.of()).pause())
        .isEqualTo(MINUTE);
  }

  @Test
  void theAgeIsThatOfTheScopeNotListedForTheLongestTime() {
    assertThat(timetable.age()).isZero();
    timetable.depart(Set.of(WIDE, NARROW), Set.of(WIDE, NARROW));
    time.pass(MINUTE);
    timetable.listed(WIDE);
    time.pass(MINUTE);
    timetable.failed(NARROW, Duration.ZERO);

    assertThat(timetable.age()).isEqualTo(MINUTE.multipliedBy(2));
    timetable.listed(NARROW);
    assertThat(timetable.age()).isEqualTo(MINUTE);
  }

  @Test
  void whatNobodyNeedsIsForgotten() {
    timetable.denied(WIDE, List.of(NARROW));
    timetable.depart(Set.of(), Set.of());

    assertThat(timetable.choose(BOTH)).isEqualTo(WIDE);
    assertThat(timetable.age()).isZero();
  }

  private Duration pause(String scope) {
    return timetable.depart(Set.of(scope), Set.of(scope)).pause();
  }

  private static List<String> depart(Timetable timetable, String used) {
    return timetable.depart(Set.of(WIDE, NARROW), Set.of(used)).scopes();
  }

  private Timetable timetable(Duration interval, double chance) {
    return new Timetable(new Rhythm(interval, time, new Chance(chance)));
  }
}
