package dev.managedidentity.dev.emulator.behaviour;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;

/** All settings of one emulator, each of which takes effect with the next request. */
public record Behaviour(
    ShiftedClock clock,
    AtomicReference<Propagation> propagation,
    AtomicReference<Limits> limits,
    Latency latency,
    Faults faults,
    Throttles throttles,
    Locks locks,
    WriteGates gates,
    LongRunning longRunning) {

  /** Everything off: no delay, no fault, no budget, no lock, and Azure's own limits. */
  public static Behaviour of(Clock source) {
    var clock = new ShiftedClock(source);
    return new Behaviour(
        clock,
        new AtomicReference<>(Propagation.IMMEDIATE),
        new AtomicReference<>(Limits.OF_AZURE),
        new Latency(),
        new Faults(),
        new Throttles(clock),
        new Locks(),
        new WriteGates(),
        new LongRunning());
  }

  /** Everything off again, and the clock back at its source's time. */
  public void reset() {
    clock.reset();
    propagation.set(Propagation.IMMEDIATE);
    limits.set(Limits.OF_AZURE);
    latency.clear();
    faults.clear();
    throttles.clear();
    locks.clear();
    gates.resetOverlaps();
    longRunning.clear();
  }
}
