package dev.managedidentity.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is said of a part that is missing while it is not known whether the whole is there. */
class PartsTest {
  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final Duration SETTLING = Duration.ofSeconds(30);
  private static final String WHOLE = "/s/g/a";
  private static final String PART = WHOLE + "/parts/p";

  private final Time time = new Time();
  private final Shelf azure = new Shelf().with(WHOLE + "=1");
  private final Shelf parts = new Shelf();
  private final Sightings<String> ofWholes = new Sightings<>(time, SETTLING);
  private final Sightings<String> ofParts = new Sightings<>(time, SETTLING);
  private final List<Expectation<String>> expectedWholes = new ArrayList<>();
  private final List<String> woken = new ArrayList<>();
  private final Sweep<String> wholeSweep =
      sweep(azure.listing(), () -> List.copyOf(expectedWholes), ofWholes);
  private final Sweep<String> partSweep =
      sweep(
          parts.listingPartsOf(ofWholes),
          () -> List.of(expectation(PART + "=x", List.of(WHOLE))),
          ofParts);

  PartsTest() {
    expectedWholes.add(expectation(WHOLE + "=1", List.of("/s", "/s/g")));
  }

  @Test
  void aPartIsMissedOnceAListShowsTheWhole() {
    partSweep.round();
    assertThat(woken).isEmpty();

    time.pass(INTERVAL);
    wholeSweep.round();

    assertThat(woken).containsExactly(PART);
    assertThat(ofParts.find(PART)).contains(new Sighting.Absent<>());
  }

  /** A list lags behind what happened, and so may show a whole that is gone. */
  @Test
  void aListThatBeganBeforeOrSoonAfterDoesNotCount() {
    wholeSweep.round();
    time.pass(INTERVAL.minus(SETTLING));
    partSweep.round();
    time.pass(SETTLING);
    wholeSweep.round();
    assertThat(woken).isEmpty();

    time.pass(INTERVAL);
    wholeSweep.round();
    assertThat(woken).containsExactly(PART);
  }

  @Test
  void aPartIsNotMissedWhileTheWholeIsGoneOrAnother() {
    azure.remove(WHOLE + "=1");
    partSweep.round();
    time.pass(INTERVAL);
    wholeSweep.round();
    azure.with(WHOLE + "=2");
    time.pass(INTERVAL);
    wholeSweep.round();

    assertThat(woken).containsOnly(WHOLE);
    assertThat(ofParts.find(PART)).isEmpty();
  }

  @Test
  void aPartThatWasWrittenSinceIsNotMissed() {
    partSweep.round();
    time.pass(Duration.ofMinutes(1));
    ofParts.wrote(PART);

    time.pass(INTERVAL);
    wholeSweep.round();

    assertThat(woken).isEmpty();
  }

  @Test
  void aPartThatIsBackIsNotMissed() {
    partSweep.round();
    parts.with(PART + "=x");
    time.pass(INTERVAL);
    partSweep.round();

    time.pass(INTERVAL);
    wholeSweep.round();

    assertThat(woken).isEmpty();
  }

  @Test
  void aPartOfAWholeThatNobodyCountsOnIsMissedAtOnce() {
    expectedWholes.clear();
    partSweep.round();
    wholeSweep.round();

    assertThat(woken).containsExactly(PART);
  }

  @Test
  void aPartIsMissedWhereWholesMayNotBeListed() {
    var denied = new Problem.Denied(Reason.AUTHORIZATION_FAILED, "No right to list.");
    azure.refuse("/s", denied);
    partSweep.round();
    wholeSweep.round();
    assertThat(woken).as("a narrower scope serves").isEmpty();

    azure.refuse("/s/g", denied);
    wholeSweep.round();
    assertThat(woken).containsExactly(PART);
  }

  @Test
  void aListThatFailedSaysNothing() {
    azure.refuse("/s", new Problem.Unreachable("Lost."));
    partSweep.round();
    time.pass(INTERVAL);
    wholeSweep.round();

    assertThat(woken).isEmpty();
  }

  private Expectation<String> expectation(String object, List<String> scopes) {
    var key = object.split("=", -1)[0];
    return new Expectation<>(
        key, scopes, value -> value.equals(Optional.of(object)), () -> woken.add(key));
  }

  private Sweep<String> sweep(
      Listing<String> listing,
      Supplier<List<Expectation<String>>> expected,
      Sightings<String> sightings) {
    return new Sweep<>(
        listing, expected, sightings, new Rhythm(INTERVAL, time, new Chance(0)), new SameThread());
  }
}
