package dev.managedidentity.operator.plan;

import java.time.Duration;
import java.time.Instant;

/** When to look again after something did not go as asked. */
public enum Retry {
  /** Only when the resource or one of its neighbours changes. */
  ON_CHANGE,
  /** Every five minutes: a person must act, perhaps outside the cluster. */
  SLOWLY,
  /**
   * Soon at first, then ever more seldom: half as long again as the trouble has lasted, from one
   * second to five minutes. It is a function of the clock alone, so a restart does not reset it.
   */
  WITH_BACKOFF,
  /**
   * The same, but only a tenth as long again: it takes Azure a minute or so, and people wait for
   * it.
   */
  PROMPTLY,
  /** After the delay that Azure asked for. */
  AS_TOLD;

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** How long trouble that began at {@code since} should wait at {@code now}. */
  public static Duration backoff(Instant since, Instant now) {
    return part(2, since, now);
  }

  /** The same by the rule of {@link #PROMPTLY}. */
  public static Duration promptly(Instant since, Instant now) {
    return part(10, since, now);
  }

  private static Duration part(int divisor, Instant since, Instant now) {
    var part = Duration.between(since, now).dividedBy(divisor);
    if (part.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return part.compareTo(LONGEST) > 0 ? LONGEST : part;
  }

  /** The wait of {@link #SLOWLY}. */
  public static Duration slowly() {
    return LONGEST;
  }
}
