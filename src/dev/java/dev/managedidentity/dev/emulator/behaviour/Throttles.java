package dev.managedidentity.dev.emulator.behaviour;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The budgets that requests are taken from; none at first. */
public final class Throttles {
  private final InstantSource clock;
  private final List<ThrottleRule> rules = new CopyOnWriteArrayList<>();
  private final Map<Bucket, TokenBucket> buckets = new ConcurrentHashMap<>();

  /** Names the bucket of one rule for one owner. */
  private record Bucket(ThrottleRule rule, String owner) {}

  public Throttles(InstantSource clock) {
    this.clock = clock;
  }

  public void add(ThrottleRule rule) {
    rules.add(rule);
  }

  public void clear() {
    rules.clear();
    buckets.clear();
  }

  /** Takes the request from its budgets; the seconds to wait when one of them is used up. */
  public OptionalLong refuse(Operation operation, String subscription, String resource) {
    for (var rule : rules) {
      if (operation.matches(rule.operation())) {
        var bucket = bucket(rule, subscription, resource);
        if (!bucket.take(clock.instant())) {
          return OptionalLong.of(
              rule.retryAfter()
                  .map(wait -> Math.max(1, wait.toSeconds()))
                  .orElseGet(bucket::secondsUntilNext));
        }
      }
    }
    return OptionalLong.empty();
  }

  /** What is left of the subscription's smallest budget for this operation. */
  public OptionalInt left(Operation operation, String subscription) {
    return rules.stream()
        .filter(rule -> rule.per() == ThrottleRule.Per.SUBSCRIPTION)
        .filter(rule -> operation.matches(rule.operation()))
        .mapToInt(rule -> bucket(rule, subscription, "").left(clock.instant()))
        .min();
  }

  /** The managed identity service's own limits in Azure, requests a second. */
  public static List<ThrottleRule> ofAzure() {
    return List.of(
        rule("*entit*/write", ThrottleRule.Per.SUBSCRIPTION, 2),
        rule("*entit*/delete", ThrottleRule.Per.SUBSCRIPTION, 2),
        rule("*entit*/read", ThrottleRule.Per.SUBSCRIPTION, 10),
        rule("*entit*/list", ThrottleRule.Per.SUBSCRIPTION, 5),
        rule("*/write", ThrottleRule.Per.SUBSCRIPTION, 200, 10),
        rule("*/delete", ThrottleRule.Per.SUBSCRIPTION, 200, 10));
  }

  private static ThrottleRule rule(String operation, ThrottleRule.Per per, int perSecond) {
    return rule(operation, per, perSecond, perSecond);
  }

  private static ThrottleRule rule(
      String operation, ThrottleRule.Per per, int capacity, int perSecond) {
    return new ThrottleRule(operation, per, capacity, perSecond, Optional.empty());
  }

  private TokenBucket bucket(ThrottleRule rule, String subscription, String resource) {
    var owner =
        switch (rule.per()) {
          case TENANT -> "";
          case SUBSCRIPTION -> subscription;
          case RESOURCE -> resource;
        };
    return buckets.computeIfAbsent(
        new Bucket(rule, owner),
        _ -> new TokenBucket(rule.capacity(), rule.perSecond(), clock.instant()));
  }
}
