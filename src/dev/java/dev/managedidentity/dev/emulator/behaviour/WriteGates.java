package dev.managedidentity.dev.emulator.behaviour;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one write at a time through for each key and counts those that came while one was in. */
public final class WriteGates {
  private final Set<String> occupied = ConcurrentHashMap.newKeySet();
  private final AtomicLong overlaps = new AtomicLong();

  /** The right to write, until it is closed. */
  public interface Pass extends AutoCloseable {
    @Override
    void close();
  }

  /** A pass, or nothing when another write of this key is under way. */
  public Optional<Pass> enter(String key) {
    if (!occupied.add(key)) {
      overlaps.incrementAndGet();
      return Optional.empty();
    }
    return Optional.of(() -> occupied.remove(key));
  }

  public long overlaps() {
    return overlaps.get();
  }

  public void resetOverlaps() {
    overlaps.set(0);
  }
}
