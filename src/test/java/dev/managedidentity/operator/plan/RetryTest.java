package dev.managedidentity.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTest {
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT-30S, PT1S", // the clock was set back
    "PT0S, PT1S",
    "PT1S, PT1S",
    "PT2S, PT1S",
    "PT4S, PT2S",
    "PT1M, PT30S",
    "PT10M, PT5M",
    "P2D, PT5M",
  })
  void waitsHalfAsLongAgainAsTheTroubleHasLasted(Duration lasted, Duration wait) {
    assertThat(Retry.backoff(BEGIN, BEGIN.plus(lasted))).isEqualTo(wait);
  }

  @ParameterizedTest
  @CsvSource({
    "PT-30S, PT1S", // the clock was set back
    "PT9S, PT1S",
    "PT1M, PT6S",
    "PT10M, PT1M",
    "P2D, PT5M",
  })
  void promptlyWaitsATenthAsLongAgain(Duration lasted, Duration wait) {
    assertThat(Retry.promptly(BEGIN, BEGIN.plus(lasted))).isEqualTo(wait);
  }

  @Test
  void reachesTheLongestWaitAfterAScoreOfTriesAndNeverWaitsLessThanBefore() {
    var now = BEGIN;
    var before = Duration.ZERO;
    for (var tries = 0; tries < 20; tries++) {
      var wait = Retry.backoff(BEGIN, now);
      assertThat(wait).isGreaterThanOrEqualTo(before);
      before = wait;
      now = now.plus(wait);
    }

    assertThat(before).isEqualTo(Retry.slowly());
  }
}
