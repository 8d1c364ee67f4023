package dev.managedidentity.dev.emulator.behaviour;

import java.time.Duration;
import java.util.Optional;

/**
 * A budget of requests: a bucket of {@code capacity}, refilled at a rate, one for each tenant,
 * subscription or resource.
 *
 * @param operation the operations that share the budget, a pattern with {@code *}
 * @param retryAfter what a refused client is told; empty means until the next token comes
 */
public record ThrottleRule(
    String operation, Per per, int capacity, double perSecond, Optional<Duration> retryAfter) {

  /** What has a bucket of its own. */
  public enum Per {
    TENANT,
    SUBSCRIPTION,
    RESOURCE
  }

  public ThrottleRule {
    if (capacity < 0 || perSecond < 0) {
      throw new IllegalArgumentException(
          "A budget is never negative: capacity %d, rate %s".formatted(capacity, perSecond));
    }
  }
}
