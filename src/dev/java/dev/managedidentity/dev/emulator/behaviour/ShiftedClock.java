package dev.managedidentity.dev.emulator.behaviour;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that can be put forward, so that nobody has to wait for a delay to pass. */
public final class ShiftedClock implements InstantSource {
  private final Clock source;
  private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

  public ShiftedClock(Clock source) {
    this.source = source;
  }

  public void advance(Duration by) {
    shift.updateAndGet(by::plus);
  }

  /** Back to the time of its source. */
  public void reset() {
    shift.set(Duration.ZERO);
  }

  @Override
  public Instant instant() {
    return source.instant().plus(shift.get());
  }
}
