package dev.managedidentity.dev.rig;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits for what API servers notice a moment late; each look takes as long as a request. */
final class Patience {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private Patience() {}

  /**
   * Returns when it has come true.
   *
   * @param complaint what is wrong else
   * @throws IllegalStateException when that takes longer than a minute
   */
  static void await(BooleanSupplier isTrue, String complaint) {
    var deadline = Instant.now().plus(LONGEST);
    while (!isTrue.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(complaint);
      }
    }
  }
}
