package dev.managedidentity.operator.pods;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells of things together, each once, a while after the first of them: many come in bursts. */
final class Gathering<T> {
  private final Duration delay;
  private final Consumer<Set<T>> listener;
  private Set<T> gathered = new HashSet<>();

  Gathering(Duration delay, Consumer<Set<T>> listener) {
    this.delay = delay;
    this.listener = listener;
  }

  /** One more. */
  synchronized void add(T one) {
    if (gathered.isEmpty()) {
      CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> listener.accept(take()));
    }
    gathered.add(one);
  }

  private synchronized Set<T> take() {
    var taken = gathered;
    gathered = new HashSet<>();
    return taken;
  }
}
