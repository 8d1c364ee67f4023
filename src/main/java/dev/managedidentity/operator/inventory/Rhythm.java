package dev.managedidentity.operator.inventory;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * How often something is looked at, with chance in it so that not everything is looked at at once.
 *
 * @param interval the longest time between two looks
 * @param ticker nanoseconds that only grow
 * @param random safe for use by many threads
 */
public record Rhythm(Duration interval, LongSupplier ticker, RandomGenerator random) {
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(60);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final double SHORTEST_WAIT = 0.8;

  public Rhythm {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException("An interval is longer than nothing, not " + interval);
    }
  }

  /** This moment, in nanoseconds. */
  long now() {
    return ticker.getAsLong();
  }

  /** Nanoseconds until the first look: any moment within one interval. */
  long first() {
    return (long) (random.nextDouble() * interval.toNanos());
  }

  /** Nanoseconds between two looks: most of an interval. */
  long next() {
    var share = SHORTEST_WAIT + (1 - SHORTEST_WAIT) * random.nextDouble();
    return (long) (share * interval.toNanos());
  }

  /** How often to ask at least whether there is something new to look at. */
  Duration round() {
    return shorter(interval.dividedBy(4), LONGEST_ROUND);
  }

  /** How often to ask at most: asking goes through everything that is known. */
  Duration pause() {
    return shorter(interval.dividedBy(60), LONGEST_PAUSE);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
