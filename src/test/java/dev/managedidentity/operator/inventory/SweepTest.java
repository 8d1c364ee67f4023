package dev.managedidentity.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rounds of a sweep, one after the other: an object is a text like {@code /s/g/a=1}. */
class SweepTest {
  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final Problem DENIED =
      new Problem.Denied(Reason.AUTHORIZATION_FAILED, "No right to list.");

  private final Time time = new Time();
  private final Shelf azure = new Shelf();
  private final Sightings<String> sightings = new Sightings<>(time, Duration.ofSeconds(30));
  private final List<Expectation<String>> expected = new ArrayList<>();
  private final List<String> woken = new ArrayList<>();
  private final Sweep<String> sweep =
      new Sweep<>(
          azure.listing(),
          () -> List.copyOf(expected),
          sightings,
          new Rhythm(INTERVAL, time, new Chance(0)),
          new SameThread());

  @Test
  void asksNothingWhenNobodyCountsOnAnything() {
    sweep.round();

    assertThat(azure.takeLists()).isEmpty();
  }

  @Test
  void wakesNobodyWhileAllIsAsExpected() {
    azure.with("/s/g/a=1");
    expect("/s/g/a=1");

    sweep.round();

    assertThat(azure.takeLists()).containsExactly("/s");
    assertThat(woken).isEmpty();
    assertThat(sightings.size()).isZero();
  }

  @Test
  void wakesWhoseObjectIsAbsentOrDifferent() {
    azure.with("/s/g/b=2").with("/s/g/c=1").with("/s/g/strange=1");
    expect("/s/g/a=1");
    expect("/s/g/b=1");
    expect("/s/g/c=1");

    sweep.round();

    assertThat(woken).containsExactlyInAnyOrder("/s/g/a=1", "/s/g/b=1");
    assertThat(sightings.find("/s/g/a")).contains(new Sighting.Absent<>());
    assertThat(sightings.find("/s/g/b")).contains(new Sighting.Present<>("/s/g/b=2"));
    assertThat(sightings.find("/s/g/c")).isEmpty();
  }

  /** The resource has its own times for another try. */
  @Test
  void wakesOnceForTheSameFinding() {
    expect("/s/g/a=1");

    sweep.round();
    nextInterval();
    sweep.round();

    assertThat(azure.takeLists()).hasSize(2);
    assertThat(woken).containsExactly("/s/g/a=1");
  }

  @Test
  void forgetsWhatSomebodyElseRepaired() {
    expect("/s/g/a=1");
    sweep.round();

    azure.with("/s/g/a=1");
    nextInterval();
    sweep.round();

    assertThat(sightings.find("/s/g/a")).isEmpty();
  }

  @Test
  void forgetsWhatNobodyCountsOnAnyMore() {
    expect("/s/g/a=1");
    sweep.round();

    expected.clear();
    sweep.round();

    assertThat(sightings.size()).isZero();
  }

  @Test
  void listsAScopeOnceAnIntervalForAllObjectsInIt() {
    for (var object = 0; object < 100; object++) {
      azure.with("/s/g/%d=1".formatted(object));
      expect("/s/g/%d=1".formatted(object));
    }

    sweep.round();
    time.pass(INTERVAL.dividedBy(2));
    sweep.round();
    assertThat(azure.takeLists()).containsExactly("/s");

    time.pass(INTERVAL.dividedBy(2));
    sweep.round();
    assertThat(azure.takeLists()).containsExactly("/s");
  }

  @Test
  void wakesAllThatCountOnAnObject() {
    azure.with("/s/g/a=1");
    expect("/s/g/a=1");
    expect("/s/g/a=2");
    expect("/s/g/a=3");

    sweep.round();

    assertThat(woken).containsExactly("/s/g/a=2", "/s/g/a=3");
    assertThat(sightings.find("/s/g/a")).contains(new Sighting.Present<>("/s/g/a=1"));
  }

  @Test
  void concludesNothingFromAListThatFailed() {
    expect("/s/g/a=1");
    azure.refuse("/s", new Problem.Unreachable("Lost."));

    sweep.round();
    assertThat(woken).isEmpty();

    azure.allow("/s");
    nextInterval();
    sweep.round();
    assertThat(woken).containsExactly("/s/g/a=1");
  }

  @Test
  void waitsAsLongAsAzureAsks() {
    expect("/s/g/a=1");
    azure.refuse("/s", new Problem.Throttled(INTERVAL.multipliedBy(3), "Slow down."));
    sweep.round();
    azure.takeLists();

    time.pass(INTERVAL.multipliedBy(2));
    sweep.round();
    assertThat(azure.takeLists()).isEmpty();

    time.pass(INTERVAL);
    sweep.round();
    assertThat(azure.takeLists()).containsExactly("/s");
  }

  @Test
  void listsTheNarrowerScopesWhereTheWiderIsDenied() {
    expect("/s/g/a=1");
    expect("/s/h/b=1");
    azure.refuse("/s", DENIED);

    sweep.round();
    sweep.round();

    assertThat(azure.takeLists()).containsExactly("/s", "/s/g", "/s/h");
    assertThat(woken).containsExactlyInAnyOrder("/s/g/a=1", "/s/h/b=1");
  }

  @Test
  void triesTheWiderScopeAgainLater() {
    azure.with("/s/g/a=1");
    expect("/s/g/a=1");
    azure.refuse("/s", DENIED);
    sweep.round();
    sweep.round();
    azure.allow("/s");
    azure.takeLists();

    time.pass(Timetable.DENIAL);
    sweep.round();
    nextInterval();
    sweep.round();

    assertThat(azure.takeLists()).containsExactly("/s", "/s");
  }

  /** It says nothing of the scope: every other would fail as well. */
  @Test
  void looksForNoNarrowerScopeWhenTheOperatorCannotSignIn() {
    expect("/s/g/a=1");
    azure.refuse("/s", new Problem.Denied(Reason.SIGN_IN_FAILED, "Wrong secret."));

    sweep.round();
    sweep.round();

    assertThat(azure.takeLists()).containsExactly("/s");
  }

  /** The write follows the expectations and comes before the list. */
  @Test
  void judgesNothingThatWasWrittenSinceItsExpectationWasTaken() {
    expect("/s/g/a=1");
    azure.refuse("/s", new Problem.Unreachable("Lost."));
    sweep.round();
    azure.allow("/s");
    nextInterval();
    expected.add(
        new Expectation<>(
            "/s/g/b",
            List.of("/s"),
            _ -> {
              sightings.wrote("/s/g/b");
              return false;
            },
            () -> woken.add("/s/g/b")));

    sweep.round();

    assertThat(woken).containsExactly("/s/g/a=1");
    assertThat(sightings.find("/s/g/b")).isEmpty();
  }

  @Test
  void oneThatCannotBeJudgedSparesTheOthers() {
    expected.add(
        new Expectation<>(
            "/s/g/broken",
            List.of("/s"),
            _ -> {
              throw new IllegalStateException("a bug");
            },
            () -> woken.add("/s/g/broken")));
    expect("/s/g/a=1");

    sweep.round();

    assertThat(woken).containsExactly("/s/g/a=1");
  }

  @Test
  void isAsOldAsItsOldestList() {
    expect("/s/g/a=1");
    azure.refuse("/s", new Problem.Unreachable("Lost."));
    sweep.round();
    time.pass(INTERVAL);
    sweep.round();
    assertThat(sweep.age()).isEqualTo(INTERVAL);

    azure.allow("/s");
    time.pass(INTERVAL);
    sweep.round();
    assertThat(sweep.age()).isZero();
  }

  private void nextInterval() {
    time.pass(INTERVAL);
  }

  private void expect(String object) {
    var key = object.split("=", -1)[0];
    var group = key.substring(0, key.lastIndexOf('/'));
    expected.add(
        new Expectation<>(
            key,
            List.of("/s", group),
            value -> value.equals(Optional.of(object)),
            () -> woken.add(object)));
  }
}
