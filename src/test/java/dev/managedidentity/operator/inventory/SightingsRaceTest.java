package dev.managedidentity.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A list reports an object in the moment in which the operator writes it, many times. */
class SightingsRaceTest {
  private static final int ROUNDS = 3_000;
  private static final String KEY = "/identities/orders";
  private static final Sighting<String> GONE = new Sighting.Absent<>();

  private final Sightings<String> sightings = new Sightings<>(System::nanoTime, Duration.ZERO);
  private final AtomicInteger arrivals = new AtomicInteger();
  private volatile long list;

  @Test
  void whoeverComesFirstNothingIsFoundAfterTheWrite() throws Exception {
    try (var threads = Executors.newFixedThreadPool(2)) {
      var reports = threads.submit(rounds(() -> sightings.report(KEY, list, GONE)));
      var writes = threads.submit(rounds(this::write));

      assertThat(reports.get() + writes.get()).as("sightings that outlived a write").isZero();
    }
  }

  private void write() {
    sightings.wrote(KEY);
  }

  /** Both threads begin an action together; the list that is reported began before the write. */
  private Callable<Integer> rounds(Runnable action) {
    return () -> {
      var stale = 0;
      for (var round = 0; round < ROUNDS; round++) {
        if (meet() == 0) {
          list = sightings.begin();
        }
        meet();
        action.run();
        meet();
        stale += sightings.find(KEY).isPresent() ? 1 : 0;
        meet();
        sightings.forget(KEY);
      }
      return stale;
    };
  }

  /** Spins, for a thread that sleeps wakes too late to meet anybody; returns who came first. */
  private int meet() {
    var arrival = arrivals.getAndIncrement();
    var all = arrival - arrival % 2 + 2;
    while (arrivals.get() < all) {
      Thread.onSpinWait();
    }
    return arrival % 2;
  }
}
