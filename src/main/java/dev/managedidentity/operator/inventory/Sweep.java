package dev.managedidentity.operator.inventory;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.plan.Urgency;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Looks at one kind of object, over and over: lists every scope in which a resource counts on one
 * once an interval, and wakes the resources that would be surprised. What cannot be listed is
 * concluded nothing from. A slow scope delays no other.
 */
public final class Sweep<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private static final int PARALLEL_LISTS = 8;

  private final Listing<T> listing;
  private final Supplier<List<Expectation<T>>> expectations;
  private final Verdicts<T> verdicts;
  private final Rhythm rhythm;
  private final Timetable timetable;

  /** Why a scope could not be listed the last time, so that it is said once. */
  private final Map<String, Reason> blind = new ConcurrentHashMap<>();

  private final ExecutorService lists;
  private final Semaphore free = new Semaphore(PARALLEL_LISTS);
  private final Semaphore signal = new Semaphore(0);
  private final Thread loop;
  private volatile boolean isClosed;

  /**
   * A sweep that has not begun.
   *
   * @param expectations what all resources count on now; asked in every round. No other sweep has
   *     expectations with the same keys
   */
  public Sweep(
      Listing<T> listing,
      Supplier<List<Expectation<T>>> expectations,
      Sightings<T> sightings,
      Rhythm rhythm) {
    this(
        listing,
        expectations,
        sightings,
        rhythm,
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("list-" + listing.kind() + "-", 0).factory()));
  }

  /** A sweep that lists on these threads, which it closes. */
  Sweep(
      Listing<T> listing,
      Supplier<List<Expectation<T>>> expectations,
      Sightings<T> sightings,
      Rhythm rhythm,
      ExecutorService lists) {
    this.listing = listing;
    this.expectations = expectations;
    this.verdicts = new Verdicts<>(sightings, listing.wholes().map(Sightings::parts));
    this.rhythm = rhythm;
    this.timetable = new Timetable(rhythm);
    this.lists = lists;
    this.loop = Thread.ofVirtual().name("sweep-" + listing.kind()).unstarted(this::run);
  }

  /** Name of the kind that is looked at. */
  public String kind() {
    return listing.kind();
  }

  /** How long ago the scope was listed that was listed longest ago: how blind the operator is. */
  public Duration age() {
    return timetable.age();
  }

  /** Begins to look. */
  public void start() {
    loop.start();
  }

  /** Stops to look; lists that are under way are given up. */
  @Override
  public void close() {
    isClosed = true;
    lists.shutdownNow();
    signal.release();
  }

  private void run() {
    try {
      while (!isClosed) {
        waitFor(roundOrPause());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration roundOrPause() {
    try {
      return round();
    } catch (RuntimeException e) {
      if (!isClosed) {
        LOG.error("The inventory of {} could not go on; it tries again", kind(), e);
      }
      return rhythm.round();
    }
  }

  private void waitFor(Duration pause) throws InterruptedException {
    if (signal.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
      signal.drainPermits();
    }
  }

  /**
   * Begins the lists that are due; returns how long until the next may be.
   *
   * <p>The moment is taken first, then the expectations, then the lists: an object written after
   * that moment is not judged, so neither an expectation nor a list that is older than the write
   * counts against it.
   */
  Duration round() {
    var begin = verdicts.begin();
    var all = expectations.get();
    verdicts.retain(all);
    var byScope = all.stream().collect(groupingBy(one -> timetable.choose(one.scopes())));
    var known = all.stream().flatMap(one -> one.scopes().stream()).collect(toSet());
    blind.keySet().retainAll(known);
    var departure = timetable.depart(known, byScope.keySet());
    for (var scope : departure.scopes()) {
      var expected = byScope.getOrDefault(scope, List.of());
      lists.execute(() -> lookWhenFree(scope, expected, begin));
    }
    return departure.pause();
  }

  private void lookWhenFree(String scope, List<Expectation<T>> expected, long begin) {
    try {
      free.acquire();
      try {
        look(scope, expected, begin);
      } finally {
        free.release();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      timetable.failed(scope, Duration.ZERO);
      LOG.error("The {} of {} could not be looked at; it is tried again", kind(), scope, e);
    }
  }

  private void look(String scope, List<Expectation<T>> expected, long begin) {
    var answer = Urgency.UPKEEP.call(() -> listing.list().apply(scope));
    if (isClosed) {
      return;
    }
    switch (answer) {
      case Answer.Done<List<T>> done -> {
        verdicts.judge(scope, expected, found(done.value()), begin);
        timetable.listed(scope);
        if (blind.remove(scope) != null) {
          LOG.info("The {} of {} can be listed again", kind(), scope);
        }
      }
      case Answer.Failed<List<T>> failed -> cannotList(scope, expected, failed.problem());
    }
  }

  private Map<String, T> found(List<T> values) {
    var found = new HashMap<String, T>();
    values.forEach(value -> found.put(listing.key().apply(value), value));
    return found;
  }

  private void cannotList(String scope, List<Expectation<T>> expected, Problem problem) {
    if (blind.put(scope, problem.reason()) != problem.reason()) {
      LOG.atLevel(problem.isTransient() ? Level.INFO : Level.WARN)
          .log("The {} of {} cannot be listed: {}", kind(), scope, problem.message());
    }
    if (problem.reason() == Reason.AUTHORIZATION_FAILED) {
      timetable.denied(scope, narrower(scope, expected));
      verdicts.unknown(
          expected.stream().filter(one -> one.scopes().getLast().equals(scope)).toList());
      signal.release();
    } else {
      timetable.failed(
          scope,
          problem instanceof Problem.Throttled throttled ? throttled.retryAfter() : Duration.ZERO);
    }
  }

  private static <T> List<String> narrower(String scope, List<Expectation<T>> expected) {
    return expected.stream()
        .map(Expectation::scopes)
        .map(scopes -> scopes.subList(scopes.indexOf(scope) + 1, scopes.size()))
        .filter(rest -> !rest.isEmpty())
        .map(List::getFirst)
        .distinct()
        .toList();
  }
}
