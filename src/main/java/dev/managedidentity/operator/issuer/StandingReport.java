package dev.managedidentity.operator.issuer;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The last report on one issuer, renewed by one thread at a time when it is due. */
final class StandingReport {
  static final Duration GOOD = Duration.ofHours(1);
  static final Duration SHORTEST_DOUBT = Duration.ofSeconds(5);
  static final Duration LONGEST_DOUBT = Duration.ofMinutes(5);

  private final LongSupplier ticker;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile @Nullable Standing last;

  /** A report and when to doubt it. */
  private record Standing(IssuerReport report, long since, Duration validity) {
    boolean isDue(long now) {
      return now - since >= validity.toNanos();
    }
  }

  StandingReport(LongSupplier ticker) {
    this.ticker = ticker;
  }

  IssuerReport report(Supplier<IssuerReport> look) {
    var known = last;
    if (known == null) {
      looking.lock();
    } else if (!known.isDue(ticker.getAsLong()) || !looking.tryLock()) {
      return known.report();
    }
    try {
      return renewed(look).report();
    } finally {
      looking.unlock();
    }
  }

  private Standing renewed(Supplier<IssuerReport> look) {
    var known = last;
    if (known != null && !known.isDue(ticker.getAsLong())) {
      return known;
    }
    var report = look.get();
    var renewed = new Standing(report, ticker.getAsLong(), validity(report, known));
    last = renewed;
    return renewed;
  }

  private static Duration validity(IssuerReport report, @Nullable Standing before) {
    if (report.problem().isEmpty()) {
      return GOOD;
    }
    if (before == null || before.report().problem().isEmpty()) {
      return SHORTEST_DOUBT;
    }
    var doubled = before.validity().multipliedBy(2);
    return doubled.compareTo(LONGEST_DOUBT) < 0 ? doubled : LONGEST_DOUBT;
  }
}
