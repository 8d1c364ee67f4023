package dev.managedidentity.operator.azure.arm;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.plan.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Remembers answers for an hour, and lets all who wait for one share a single look-up. Failures are
 * shared by those who waited for them, and forgotten.
 */
final class SharedLookUps<K, V> {
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final InstantSource clock;
  private final String what;
  private final ConcurrentHashMap<K, Entry<V>> entries = new ConcurrentHashMap<>();

  /** Looks up, in words for people, such a thing. */
  SharedLookUps(InstantSource clock, String what) {
    this.clock = clock;
    this.what = what;
  }

  /** The remembered answer, or that of the look-up, which one of all waiting callers makes. */
  Answer<V> find(K key, Supplier<Answer<V>> lookUp) {
    var mine = new Entry<V>(new CompletableFuture<>(), clock.instant());
    var entry = entries.compute(key, (_, old) -> old == null || isOld(old) ? mine : old);
    return entry.equals(mine) ? lead(key, mine, lookUp) : follow(entry);
  }

  private Answer<V> lead(K key, Entry<V> entry, Supplier<Answer<V>> lookUp) {
    try {
      var answer = lookUp.get();
      entry.answer().complete(answer);
      return answer;
    } catch (RuntimeException | Error e) {
      entry.answer().completeExceptionally(e);
      throw e;
    } finally {
      if (!entry.isFound()) {
        entries.remove(key, entry);
      }
    }
  }

  private Answer<V> follow(Entry<V> entry) {
    try {
      return switch (entry.answer().get()) {
        case Answer.Done<V> done -> new Answer.Done<>(done.value(), Receipt.NONE);
        case Answer.Failed<V> failed -> failed;
      };
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return failed(
          new Problem.Unreachable("The operator stopped while it looked up %s.".formatted(what)));
    } catch (ExecutionException e) {
      return failed(
          new Problem.Unexpected("The look-up of %s ended with %s".formatted(what, e.getCause())));
    }
  }

  private Answer<V> failed(Problem problem) {
    return new Answer.Failed<>(problem, Receipt.NONE);
  }

  private boolean isOld(Entry<V> entry) {
    return entry.answer().isDone() && !clock.instant().isBefore(entry.since().plus(LIFETIME));
  }

  private record Entry<V>(CompletableFuture<Answer<V>> answer, Instant since) {
    boolean isFound() {
      return answer.isDone()
          && !answer.isCompletedExceptionally()
          && answer.join() instanceof Answer.Done;
    }
  }
}
