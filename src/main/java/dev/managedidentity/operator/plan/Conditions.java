package dev.managedidentity.operator.plan;

import dev.managedidentity.operator.api.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Conditions as kstatus reads them: {@code Ready}; {@code Reconciling} while work goes on or waits;
 * {@code Stalled} while a person must act. Ready turns False only when a person must act, and a
 * trouble that passes by itself leaves a proven Ready alone until the proof is too old.
 */
public final class Conditions {
  /** The type that says whether the resource is as asked. */
  public static final String READY = "Ready";

  /** The type that is there while work goes on. */
  public static final String RECONCILING = "Reconciling";

  /** The type that is there while a person must act. */
  public static final String STALLED = "Stalled";

  /** The type that is there while an annotation stops all work. */
  public static final String PAUSED = "Paused";

  /** The type that says whether only its owner can use a system-assigned identity. */
  public static final String EXCLUSIVE = "Exclusive";

  /** The type that says whether a token of the subject was exchanged for one of the identity. */
  public static final String TOKEN_EXCHANGE_VERIFIED = "TokenExchangeVerified";

  /** The type that says whether the identity may do what its role assignments ask for. */
  public static final String ROLES_EFFECTIVE = "RolesEffective";

  /** How long a missing neighbour is no error: YAML is applied in any order. */
  public static final Duration PATIENCE = Duration.ofMinutes(5);

  /** How long a proof holds while nothing can be asked. */
  public static final Duration STALENESS = Duration.ofMinutes(15);

  private Conditions() {}

  /** The conditions that follow from a verdict, given the ones before. */
  public static List<Condition> of(
      Verdict verdict, List<Condition> before, long generation, Instant now) {
    var list = new ArrayList<Condition>();
    switch (verdict) {
      case Verdict.Proven proven ->
          list.add(condition(READY, "True", proven.reason(), proven.message(), generation));
      case Verdict.Progressing work -> list.addAll(progressing(work, before, generation));
      case Verdict.Troubled troubled ->
          list.addAll(troubled(troubled.problem(), before, generation, now));
    }
    return list.stream().map(condition -> dated(condition, before, now)).toList();
  }

  /** The conditions of a resource whose annotation stops all work: what was true stays said. */
  public static List<Condition> paused(List<Condition> before, long generation, Instant now) {
    var message = Reason.PAUSED.meaning() + " " + Reason.PAUSED.advice();
    var ready =
        find(READY, before).orElse(condition(READY, "Unknown", Reason.PAUSED, message, generation));
    var paused = condition(PAUSED, "True", Reason.PAUSED, message, generation);
    return List.of(dated(ready, before, now), dated(paused, before, now));
  }

  /** These conditions and one of another type, which says something besides. */
  public static List<Condition> with(
      Condition further, List<Condition> conditions, List<Condition> before, Instant now) {
    var all = new ArrayList<>(conditions);
    all.removeIf(condition -> condition.type().equals(further.type()));
    all.add(dated(further, before, now));
    return List.copyOf(all);
  }

  /** Another try at what a person must solve is no progress: it may fail as the last one did. */
  private static List<Condition> progressing(
      Verdict.Progressing work, List<Condition> before, long generation) {
    if (refusal(before, generation).isPresent()) {
      return before.stream().filter(condition -> !condition.type().equals(PAUSED)).toList();
    }
    return List.of(
        proof(before)
            .orElse(condition(READY, "Unknown", work.reason(), work.message(), generation)),
        condition(RECONCILING, "True", work.reason(), work.message(), generation));
  }

  private static List<Condition> troubled(
      Problem problem, List<Condition> before, long generation, Instant now) {
    var reason = problem.reason();
    var message = problem.message();
    var unknown = condition(READY, "Unknown", reason, message, generation);
    var reconciling = condition(RECONCILING, "True", reason, message, generation);
    if (problem.isTransient()) {
      var isFresh = since(RECONCILING, "True", before, now).plus(STALENESS).isAfter(now);
      return List.of(isFresh ? proof(before).orElse(unknown) : unknown, reconciling);
    }
    if (problem instanceof Problem.Waiting && isPatient(reason, before, generation, now)) {
      return List.of(unknown, reconciling);
    }
    return List.of(
        condition(READY, "False", reason, message, generation),
        condition(STALLED, "True", reason, message, generation));
  }

  /** Patience that has ended does not begin anew for the same reason and spec. */
  private static boolean isPatient(
      Reason reason, List<Condition> before, long generation, Instant now) {
    return refusal(before, generation)
            .filter(ready -> ready.reason().equals(reason.word()))
            .isEmpty()
        && since(READY, "Unknown", before, now).plus(PATIENCE).isAfter(now);
  }

  /**
   * How long until the resource should be looked at again, if no event comes before: as soon as one
   * of its problems needs it, but not while Azure has asked to slow down.
   */
  public static Optional<Duration> recheckAfter(
      Verdict verdict, List<Condition> conditions, Instant now) {
    if (verdict instanceof Verdict.Proven proven) {
      return proven.reason().retry() == Retry.SLOWLY
          ? Optional.of(Retry.slowly())
          : Optional.empty();
    }
    if (verdict instanceof Verdict.Progressing work && work.reason().retry() == Retry.PROMPTLY) {
      return Optional.of(Retry.promptly(since(RECONCILING, "True", conditions, now), now));
    }
    if (!(verdict instanceof Verdict.Troubled troubled)) {
      return Optional.empty();
    }
    var told =
        troubled.all().stream()
            .filter(Problem.Throttled.class::isInstance)
            .map(problem -> ((Problem.Throttled) problem).retryAfter())
            .max(Comparator.naturalOrder());
    return told.or(
        () ->
            troubled.all().stream()
                .flatMap(problem -> recheckAfter(problem, conditions, now).stream())
                .min(Comparator.naturalOrder()));
  }

  private static Optional<Duration> recheckAfter(
      Problem problem, List<Condition> conditions, Instant now) {
    return switch (problem.reason().retry()) {
      case ON_CHANGE ->
          problem instanceof Problem.Waiting && "Unknown".equals(status(READY, conditions))
              ? Optional.of(untilPatienceEnds(conditions, now))
              : Optional.empty();
      case SLOWLY -> Optional.of(Retry.slowly());
      case PROMPTLY ->
          Optional.of(
              unprovenSince(conditions)
                  .map(since -> Retry.promptly(since, now))
                  .orElse(Retry.slowly()));
      case WITH_BACKOFF, AS_TOLD ->
          Optional.of(
              find(RECONCILING, conditions)
                  .map(since -> Retry.backoff(Instant.parse(since.lastTransitionTime()), now))
                  .orElse(Retry.slowly())); // it did not pass in time, or is the lesser trouble
    };
  }

  /** Since when a proof fails: what came before, such as the wait for an identity, is over. */
  private static Optional<Instant> unprovenSince(List<Condition> conditions) {
    return find(TOKEN_EXCHANGE_VERIFIED, conditions)
        .filter(condition -> !condition.status().equals("True"))
        .or(() -> find(ROLES_EFFECTIVE, conditions))
        .filter(condition -> !condition.status().equals("True"))
        .or(() -> find(RECONCILING, conditions))
        .map(condition -> Instant.parse(condition.lastTransitionTime()));
  }

  private static Duration untilPatienceEnds(List<Condition> conditions, Instant now) {
    var end = since(READY, "Unknown", conditions, now).plus(PATIENCE);
    return Duration.between(now, end).plusSeconds(1);
  }

  private static Optional<Condition> proof(List<Condition> before) {
    return find(READY, before).filter(ready -> ready.status().equals("True"));
  }

  private static Optional<Condition> refusal(List<Condition> before, long generation) {
    return find(READY, before)
        .filter(ready -> ready.status().equals("False"))
        .filter(ready -> Objects.equals(ready.observedGeneration(), generation));
  }

  private static Optional<Condition> find(String type, List<Condition> conditions) {
    return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }

  private static Instant since(
      String type, String status, List<Condition> conditions, Instant now) {
    return find(type, conditions)
        .filter(condition -> condition.status().equals(status))
        .map(condition -> Instant.parse(condition.lastTransitionTime()))
        .orElse(now);
  }

  /** A condition whose time is yet to be found. */
  public static Condition condition(
      String type, String status, Reason reason, String message, long generation) {
    return new Condition(type, status, generation, "", reason.word(), message);
  }

  private static Condition dated(Condition condition, List<Condition> before, Instant now) {
    var time = since(condition.type(), condition.status(), before, now);
    return new Condition(
        condition.type(),
        condition.status(),
        condition.observedGeneration(),
        time.truncatedTo(ChronoUnit.SECONDS).toString(),
        condition.reason(),
        condition.message());
  }

  /** The status of a condition type, such as True; null when it is not there. */
  public static @Nullable String status(String type, List<Condition> conditions) {
    return find(type, conditions).map(Condition::status).orElse(null);
  }
}
