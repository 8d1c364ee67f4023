package dev.managedidentity.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Receipt;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sweeps at work on their own threads. */
class SweepThreadsTest {
  private final Sightings<String> sightings = new Sightings<>(System::nanoTime, Duration.ZERO);
  private final CountDownLatch release = new CountDownLatch(1);
  private final Queue<String> woken = new ConcurrentLinkedQueue<>();

  @Test
  void aSlowScopeDelaysNoOther() {
    try (var _ = Sweeps.start(List.of(sweep(List.of("slow", "quick"), this::slowly)))) {
      await().until(() -> woken.contains("quick"));

      assertThat(woken).doesNotContain("slow");
      release.countDown();
      await().until(() -> woken.contains("slow"));
    }
  }

  @Test
  void listsFewScopesAtATime() {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var scopes = IntStream.range(0, 40).mapToObj(Integer::toString).toList();
    Function<String, Answer<List<String>>> list =
        _ -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          hold();
          now.decrementAndGet();
          return nothing();
        };

    try (var _ = Sweeps.start(List.of(sweep(scopes, list)))) {
      await().until(() -> now.get() == 8);
      release.countDown();
      await().until(() -> Set.copyOf(woken).size() == scopes.size());
    }
    assertThat(most).hasValue(8);
  }

  @Test
  void goesOnAfterABug() {
    var isBroken = new AtomicBoolean(true);
    var sweep =
        new Sweep<>(
            listing(_ -> nothing()),
            () -> {
              if (isBroken.getAndSet(false)) {
                throw new IllegalStateException("a bug");
              }
              return List.of(expectation("a"));
            },
            sightings,
            rhythm());

    try (var _ = Sweeps.start(List.of(sweep))) {
      await().until(() -> woken.contains("a"));
    }
  }

  @Test
  void listsAgainAfterAListThatBroke() {
    var isBroken = new AtomicBoolean(true);
    Function<String, Answer<List<String>>> list =
        _ -> {
          if (isBroken.getAndSet(false)) {
            throw new IllegalStateException("a bug");
          }
          return nothing();
        };

    try (var _ = Sweeps.start(List.of(sweep(List.of("a"), list)))) {
      await().until(() -> woken.contains("a"));
    }
  }

  @Test
  void givesUpListsWhenItIsClosedAndConcludesNothingFromThem() {
    var begun = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var sweeps =
        Sweeps.start(
            List.of(
                sweep(
                    List.of("a"),
                    _ -> {
                      begun.countDown();
                      hold();
                      ended.countDown();
                      return nothing();
                    })));
    await().until(() -> begun.getCount() == 0);

    sweeps.close();

    await().until(() -> ended.getCount() == 0);
    assertThat(woken).isEmpty();
  }

  @Test
  void showsHowOldItsListsAre() {
    try (var sweeps = Sweeps.start(List.of(sweep(List.of("a"), _ -> nothing())))) {
      var ages = new HashMap<String, Supplier<Duration>>();
      sweeps.showAges(ages::put);

      assertThat(ages)
          .hasSize(1)
          .hasEntrySatisfying("things", age -> assertThat(age.get().isNegative()).isFalse());
    }
  }

  private Answer<List<String>> slowly(String scope) {
    if (scope.equals("slow")) {
      hold();
    }
    return nothing();
  }

  private void hold() {
    try {
      release.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Answer<List<String>> nothing() {
    return new Answer.Done<>(List.of(), Receipt.NONE);
  }

  private Sweep<String> sweep(List<String> scopes, Function<String, Answer<List<String>>> list) {
    var expected = scopes.stream().map(this::expectation).toList();
    return new Sweep<>(listing(list), () -> expected, sightings, rhythm());
  }

  private static Listing<String> listing(Function<String, Answer<List<String>>> list) {
    return new Listing<>("things", list, Function.identity());
  }

  private Expectation<String> expectation(String scope) {
    return new Expectation<>(scope, List.of(scope), _ -> false, () -> woken.add(scope));
  }

  private static Rhythm rhythm() {
    return new Rhythm(Duration.ofMillis(40), System::nanoTime, new Random(1));
  }
}
