package dev.managedidentity.operator.azure.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ObjectLimitsTest {
  private final ObjectLimits limits = new ObjectLimits();

  @Test
  void aRefusalOfWhatNobodyWroteIsAboutAll() {
    limits.taken("shop", 0);

    assertThat(limits.explainsRefusal("orders", second(1))).isFalse();
  }

  @Test
  void aRefusalOfWhatWasJustWrittenIsAboutThatAlone() {
    limits.taken("orders", 0);

    assertThat(limits.explainsRefusal("orders", second(3))).isTrue();
  }

  @Test
  void longAgoIsNotJustNow() {
    limits.taken("orders", 0);

    assertThat(limits.explainsRefusal("orders", second(11))).isFalse();
  }

  @Test
  void theSecondRefusalInARowIsNotBelieved() {
    limits.taken("orders", 0);
    limits.taken("shop", 0);

    assertThat(limits.explainsRefusal("orders", second(3))).isTrue();
    assertThat(limits.explainsRefusal("shop", second(3))).isFalse();
    limits.taken("other", second(4));
    assertThat(limits.explainsRefusal("orders", second(4))).isTrue();
  }

  @Test
  void whatIsRefusedAgainWhileOthersAreTakenIsAboutThatAlone() {
    assertThat(limits.explainsRefusal("orders", 0)).isFalse();
    limits.taken("shop", second(1));

    assertThat(limits.explainsRefusal("orders", second(20))).isTrue();
  }

  @Test
  void whatIsRefusedAgainWhileNothingIsTakenIsAboutAll() {
    limits.taken("shop", 0);
    assertThat(limits.explainsRefusal("orders", second(1))).isFalse();

    assertThat(limits.explainsRefusal("orders", second(20))).isFalse();
  }

  private static long second(int second) {
    return Duration.ofSeconds(second).toNanos();
  }
}
