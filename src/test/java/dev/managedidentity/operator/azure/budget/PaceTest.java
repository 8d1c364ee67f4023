package dev.managedidentity.operator.azure.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.managedidentity.operator.azure.budget.SimulatedAzure.Terms;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All in a simulated time: the figures are the same on every machine. */
class PaceTest {
  private static final double UNLIMITED = 1e9;

  @ParameterizedTest
  @CsvSource({
    "330,  2,   2,  1,  0.05, 0.02",
    "330,  2,   2,  1,  0.01, 0.02",
    "330,  5,   5,  1,  0.05, 0.035",
    "1000, 10,  10, 1,  0.05, 0.02",
    "1000, 10, 200, 1,  0.05, 0.045",
    "5000, 2,   2,  1,  0.05, 0.015",
    "5000, 2,   2,  1,  0.3,  0.015",
    "5000, 2,   2,  5,  0.05, 0.015",
    "5000, 2,  40,  1,  0.05, 0.015",
    "5000, 5,   5,  1,  0.05, 0.015",
    "5000, 10,  10, 1,  0.05, 0.015",
    "5000, 10, 200, 1,  0.05, 0.015",
    "9999, 25, 250, 1,  0.05, 0.015",
    "9999, 50,  50, 1,  0.05, 0.015",
    "9999, 200, 200, 1, 0.05, 0.015",
    "9999, 200, 200, 1, 0.2,  0.02",
  })
  void aLimitIsUsedWellAndMetSeldom(
      int calls, double limit, double capacity, double wait, double latency, double share) {
    var run = new SimulatedAzure(new Terms(limit, capacity, wait, latency, false)).run(calls);

    assertThat(run.seconds()).isLessThan(1.3 * (calls - capacity) / limit);
    assertThat(run.shareOfRefusals()).isLessThan(share);
  }

  @Test
  void aLimitThatAzureTellsIsHardlyEverMet() {
    var run = new SimulatedAzure(new Terms(10, 200, 1, 0.05, true)).run(5_000);

    assertThat(run.seconds()).isLessThan(1.05 * (5_000 - 200) / 10);
    assertThat(run.shareOfRefusals()).isLessThan(0.01);
  }

  @ParameterizedTest
  @CsvSource({"2, 10", "10, 2", "200, 2", "2, 200", "0.5, 25"})
  void aLimitThatChangesIsFoundAgain(double before, double after) {
    var azure = new SimulatedAzure(Terms.of(before, before));
    azure.runFor(600);

    azure.change(Terms.of(after, after));
    azure.runFor(300);
    var run = azure.runFor(1_200);

    assertThat(run.took() / run.seconds()).isGreaterThan(after / 1.3);
    assertThat(run.shareOfRefusals()).isLessThan(0.02);
  }

  @Test
  void aLimitThatFellCostsFewRefusals() {
    var azure = new SimulatedAzure(Terms.of(200, 200));
    azure.runFor(600);

    azure.change(Terms.of(2, 2));

    assertThat(azure.runFor(300).refused()).isLessThan(30);
  }

  @Test
  void aLimitThatIsGoneSlowsDownNobodyForLong() {
    var azure = new SimulatedAzure(Terms.of(2, 2));
    azure.runFor(600);

    azure.change(Terms.of(UNLIMITED, UNLIMITED));
    azure.runFor(300);

    assertThat(azure.run(1_000).seconds()).isLessThan(3);
  }

  @Test
  void withoutALimitAThousandCallsAreSoonSentSixtyAtATime() {
    var azure = new SimulatedAzure(Terms.of(UNLIMITED, UNLIMITED));

    assertThat(azure.runFor(0.8).mostUnderWay()).isBetween(60, Pace.MOST);
    assertThat(azure.run(1_000).seconds()).isLessThan(1);
  }

  @Test
  void theBeginningIsNoStorm() {
    var pace = new Pace(0);
    var sent = 0;
    while (pace.delay(0) == 0) {
      pace.departed(0);
      sent++;
    }

    assertThat(sent).isEqualTo(1);
    assertThat(pace.delay(0)).as("not for ever, when all hang").isEqualTo(seconds(1));
  }

  @Test
  void whatWasLearnedIsNotForgottenAtRest() {
    var azure = new SimulatedAzure(Terms.of(2, 2));
    azure.runFor(600);

    azure.rest(36_000);
    var run = azure.run(300);

    assertThat(run.seconds()).isLessThan(1.3 * 300 / 2);
    assertThat(run.refused()).isLessThan(6);
  }

  @Test
  void everyoneWaitsAsLongAsAzureAsks() {
    var pace = new Pace(0);
    pace.departed(0);
    pace.departed(seconds(1));

    pace.refused(0, seconds(1), seconds(17));

    assertThat(pace.delay(seconds(1))).isEqualTo(seconds(17));
    assertThat(pace.pause(seconds(8))).isCloseTo(seconds(10), within(1L));
    pace.refused(0, seconds(2), seconds(30));
    assertThat(pace.delay(seconds(2))).as("the longest counts").isEqualTo(seconds(30));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30})
  void anAzureThatTakesNothingForAWhileTeachesNoRate(int refusals) {
    var pace = new Pace(0);
    var time = 0L;
    for (var i = 0; i < refusals; i++) {
      pace.departed(time);
      pace.refused(time, time, seconds(10));
      time += seconds(10);
    }

    assertThat(pace.delay(time)).isZero();
    pace.departed(time);
    assertThat(pace.rate()).isInfinite();
    assertThat(pace.delay(time)).as("one tries, no crowd").isPositive();
  }

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
