package dev.managedidentity.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.plan.Notice;
import dev.managedidentity.operator.pods.WaitingPods.Telling;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitingPodsTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final WaitingPods waiting = new WaitingPods();

  @Test
  void aPodThatWaitsForAMomentIsToldNothing() {
    assertThat(tell("slow", Duration.ZERO).notice()).isEmpty();
    assertThat(tell("slow", Duration.ofSeconds(1)).again()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aPodThatWaitsLongerIsToldWhyAndRemindedWithAWarning() {
    tell("slow", Duration.ZERO);

    var first = tell("slow", Duration.ofSeconds(2));
    var meanwhile = tell("slow", Duration.ofMinutes(29));
    var reminder = tell("slow", first.again().plusSeconds(2));

    assertThat(first.notice()).map(Notice::isWarning).contains(false);
    assertThat(meanwhile.notice()).isEmpty();
    assertThat(reminder.notice()).map(Notice::isWarning).contains(true);
  }

  @Test
  void reasonsThatChangeQuicklyAreToldOnceInAWhile() {
    tell("one", Duration.ZERO);
    tell("one", Duration.ofSeconds(2));

    var soon = tell("two", Duration.ofSeconds(3));
    var later = tell("three", Duration.ofSeconds(7));

    assertThat(soon.notice()).isEmpty();
    assertThat(soon.again()).isEqualTo(Duration.ofSeconds(4));
    assertThat(later.notice()).map(Notice::words).contains("three");
  }

  @Test
  void whoeverComesBackBeginsAnew() {
    tell("slow", Duration.ZERO);
    waiting.forget("pod-1");

    assertThat(tell("slow", Duration.ofSeconds(5)).notice()).isEmpty();
  }

  private Telling tell(String words, Duration later) {
    return waiting.waits("pod-1", words, BEGIN.plus(later));
  }
}
