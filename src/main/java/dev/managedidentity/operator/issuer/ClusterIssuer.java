package dev.managedidentity.operator.issuer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer of this cluster's service account tokens as it is now: as configured, or as the API
 * server says, which is asked again about every minute. While the API server does not say, the last
 * word counts.
 */
public final class ClusterIssuer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterIssuer.class);
  private static final double SHORTEST_WAIT = 0.8;

  /** How often the API server is asked at least. */
  public static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Supplier<Optional<String>> discovery;
  private final Duration interval;
  private final RandomGenerator random;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Semaphore closing = new Semaphore(0);
  private volatile String current;
  private volatile boolean isBlind;

  private ClusterIssuer(
      String first,
      Supplier<Optional<String>> discovery,
      Duration interval,
      RandomGenerator random) {
    this.current = first;
    this.discovery = discovery;
    this.interval = interval;
    this.random = random;
  }

  /** An issuer that never changes. */
  public static ClusterIssuer configured(String issuer) {
    return new ClusterIssuer(
        issuer, () -> Optional.of(issuer), Duration.ZERO, RandomGenerator.getDefault());
  }

  /**
   * An issuer that the API server decides.
   *
   * @param first what it said at the start
   * @param discovery asks it; empty, or an exception, when it does not say
   * @param random safe for use by many threads
   */
  public static ClusterIssuer discovered(
      String first,
      Supplier<Optional<String>> discovery,
      Duration interval,
      RandomGenerator random) {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException("An interval is longer than nothing, not " + interval);
    }
    return new ClusterIssuer(first, discovery, interval, random);
  }

  /** The issuer, letter by letter as new tokens carry it. */
  public String current() {
    return current;
  }

  /** Calls the listener after each change; {@link #current()} is the new issuer then. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Begins to look; once. */
  public void start() {
    if (interval.isPositive()) {
      Thread.ofVirtual().name("cluster-issuer").start(this::run);
    }
  }

  /** Stops to look. */
  @Override
  public void close() {
    closing.release();
  }

  private void run() {
    try {
      while (!closing.tryAcquire(pause().toNanos(), TimeUnit.NANOSECONDS)) {
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long until the next look: most of an interval, so that replicas do not ask together. */
  Duration pause() {
    var share = SHORTEST_WAIT + (1 - SHORTEST_WAIT) * random.nextDouble();
    return Duration.ofNanos((long) (share * interval.toNanos()));
  }

  /** Asks once, and tells the listeners when the issuer is another. */
  void look() {
    try {
      discovery.get().ifPresentOrElse(this::saw, () -> cannotSee(null));
    } catch (RuntimeException e) {
      cannotSee(e);
    }
  }

  private void saw(String issuer) {
    isBlind = false;
    var former = current;
    if (!issuer.equals(former)) {
      current = issuer;
      LOG.warn("The cluster's issuer changed from {} to {}", former, issuer);
      listeners.forEach(ClusterIssuer::tell);
    }
  }

  /** One that fails keeps the change from no other. */
  private static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException e) {
      LOG.error("Not everybody learnt that the issuer changed", e);
    }
  }

  private void cannotSee(@Nullable RuntimeException cause) {
    if (!isBlind) {
      isBlind = true;
      LOG.atWarn()
          .setCause(cause)
          .log("The API server does not tell its issuer; it stays {} until it does", current);
    }
  }
}
