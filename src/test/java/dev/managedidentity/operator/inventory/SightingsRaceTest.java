package dev.managedidentity.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists and writes of the same objects at the same time, as often as a second allows. */
class SightingsRaceTest {
  private static final int THREADS = 4;
  private static final int WRITES = 20_000;
  private static final List<String> KEYS =
      IntStream.range(0, THREADS).mapToObj(number -> "/identities/" + number).toList();

  private final Sightings<Long> sightings = new Sightings<>(System::nanoTime, Duration.ZERO);
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final CyclicBarrier start = new CyclicBarrier(2 * THREADS);

  @Test
  void afterAWriteNothingIsFoundOfAListThatBeganBefore() throws Exception {
    try (var threads = Executors.newFixedThreadPool(2 * THREADS)) {
      var lists = IntStream.range(0, THREADS).mapToObj(_ -> threads.submit(this::list)).toList();
      var writes = KEYS.stream().map(key -> threads.submit(writesOf(key))).toList();

      var stale = sum(writes);
      isOver.set(true);

      assertThat(sum(lists)).as("lists that were believed").isPositive();
      assertThat(stale).as("sightings that a write had made untrue").isZero();
    }
  }

  /** Reports what it sees a little later, as a list does. */
  private Integer list() throws Exception {
    start.await();
    var believed = 0;
    while (!isOver.get()) {
      believed += listOnce();
    }
    return believed + listOnce();
  }

  private int listOnce() {
    var begin = sightings.begin();
    return (int)
        KEYS.stream()
            .filter(key -> sightings.report(key, begin, new Sighting.Present<>(begin)))
            .count();
  }

  private Callable<Integer> writesOf(String key) {
    return () -> {
      start.await();
      var stale = 0;
      for (var write = 0; write < WRITES; write++) {
        var before = System.nanoTime();
        sightings.wrote(key);
        stale += sightings.find(key).filter(seen -> isOlder(seen, before)).isPresent() ? 1 : 0;
      }
      return stale;
    };
  }

  private static boolean isOlder(Sighting<Long> seen, long moment) {
    return seen instanceof Sighting.Present<Long>(Long began) && began - moment <= 0;
  }

  private static int sum(List<Future<Integer>> all) throws Exception {
    var sum = 0;
    for (var one : all) {
      sum += one.get();
    }
    return sum;
  }
}
