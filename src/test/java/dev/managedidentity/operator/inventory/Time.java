package dev.managedidentity.operator.inventory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that only a test moves; it begins near the end of what a long can hold. */
final class Time implements LongSupplier {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());

  @Override
  public long getAsLong() {
    return now.get();
  }

  void pass(Duration duration) {
    now.addAndGet(duration.toNanos());
  }
}
