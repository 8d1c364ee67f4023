package dev.managedidentity.dev.emulator.behaviour;

import java.time.Duration;
import java.time.Instant;

/** Tokens that come back with time; full at first. */
final class TokenBucket {
  private static final double NEVER = Duration.ofHours(1).toSeconds();

  private final int capacity;
  private final double perSecond;
  private double tokens;
  private Instant filledAt;

  TokenBucket(int capacity, double perSecond, Instant now) {
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.tokens = capacity;
    this.filledAt = now;
  }

  /** Takes one token; false when there is none. */
  synchronized boolean take(Instant now) {
    refill(now);
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  synchronized int left(Instant now) {
    refill(now);
    return (int) tokens;
  }

  /** Whole seconds until there is a token, at least one. */
  synchronized long secondsUntilNext() {
    double seconds = perSecond > 0 ? (1 - tokens) / perSecond : NEVER;
    return Math.max(1, (long) Math.ceil(seconds));
  }

  private void refill(Instant now) {
    double passed = Duration.between(filledAt, now).toNanos() / 1e9;
    if (passed > 0) {
      tokens = Math.min(capacity, tokens + passed * perSecond);
      filledAt = now;
    }
  }
}
