package dev.managedidentity.dev.emulator.behaviour;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The budgets that requests are taken from; none at first. */
public final class Throttles {
  private static final String CREDENTIALS = "userAssignedIdentities/federatedIdentityCredentials";

  /** Requests a second that the managed identity service takes, by kind. */
  private static final List<ThrottleRule> SERVICE =
      Stream.of(
              service("write", 10, 2, 0.25),
              service("read", 30, 10, 0.5),
              service("list", 15, 5, 0.25),
              service("delete", 10, 2, 0.25))
          .flatMap(rules -> rules)
          .toList();

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

  /**
   * Takes the request from all its budgets; the seconds to wait, and nothing taken, when one of
   * them is used up.
   */
  public synchronized OptionalLong refuse(
      Operation operation, String subscription, String resource) {
    var now = clock.instant();
    var mine = rules.stream().filter(rule -> operation.matches(rule.operation())).toList();
    var wait =
        mine.stream()
            .filter(rule -> bucket(rule, subscription, resource).left(now) < 1)
            .mapToLong(rule -> wait(rule, bucket(rule, subscription, resource)))
            .max();
    if (wait.isEmpty()) {
      mine.forEach(rule -> bucket(rule, subscription, resource).take(now));
    }
    return wait;
  }

  private static long wait(ThrottleRule rule, TokenBucket bucket) {
    return rule.retryAfter()
        .map(told -> Math.max(1, told.toSeconds()))
        .orElseGet(bucket::secondsUntilNext);
  }

  /**
   * What is left of the subscription's smallest budget for this operation, as Resource Manager
   * knows it: of a resource provider's own limits it says nothing.
   */
  public OptionalInt left(Operation operation, String subscription) {
    return rules.stream()
        .filter(rule -> rule.per() == ThrottleRule.Per.SUBSCRIPTION)
        .filter(rule -> !SERVICE.contains(rule))
        .filter(rule -> operation.matches(rule.operation()))
        .mapToInt(rule -> bucket(rule, subscription, "").left(clock.instant()))
        .min();
  }

  /**
   * The limits that Azure documents: those of the managed identity service, for a tenant, a
   * subscription and one identity or credential, and those of Resource Manager.
   */
  public static List<ThrottleRule> ofAzure() {
    return Stream.concat(
            SERVICE.stream(),
            Stream.of(
                rule("*/read", ThrottleRule.Per.SUBSCRIPTION, 250, 25),
                rule("*/list", ThrottleRule.Per.SUBSCRIPTION, 250, 25),
                rule("*/write", ThrottleRule.Per.SUBSCRIPTION, 200, 10),
                rule("*/delete", ThrottleRule.Per.SUBSCRIPTION, 200, 10)))
        .toList();
  }

  /** One identity or credential has a limit of its own, and so have the credentials of one. */
  private static Stream<ThrottleRule> service(
      String kind, int tenant, int subscription, double resource) {
    var operation = "userAssignedIdentities*/" + kind;
    var single = kind.equals("list") ? CREDENTIALS + "/list" : operation;
    return Stream.of(
        rule(single, ThrottleRule.Per.RESOURCE, 1, resource),
        rule(operation, ThrottleRule.Per.SUBSCRIPTION, subscription, subscription),
        rule(operation, ThrottleRule.Per.TENANT, tenant, tenant));
  }

  private static ThrottleRule rule(
      String operation, ThrottleRule.Per per, int capacity, double perSecond) {
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
