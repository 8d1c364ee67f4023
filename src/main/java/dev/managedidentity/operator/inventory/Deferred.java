package dev.managedidentity.operator.inventory;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Judgements about the parts of objects, deferred until a later list shows the objects themselves:
 * a part that is missing may have gone with the whole, and then it is the whole that must be made
 * again first. Safe for use by many threads.
 */
final class Deferred {
  private final LongSupplier ticker;
  private final long settling;
  private final Map<String, Judgement> judgements = new HashMap<>();

  private record Judgement(long since, Runnable action) {}

  /**
   * Nothing is deferred yet.
   *
   * @param ticker nanoseconds that only grow
   * @param settling how long after it is gone a list may still show the object
   */
  Deferred(LongSupplier ticker, Duration settling) {
    this.ticker = ticker;
    this.settling = settling.toNanos();
  }

  /** Waits for the object; takes the place of what waited for it before. */
  synchronized void put(String key, Runnable judgement) {
    judgements.put(key, new Judgement(ticker.getAsLong(), judgement));
  }

  /** Nothing is wrong with the parts of the object any more. */
  synchronized void drop(String key) {
    judgements.remove(key);
  }

  /** The list that began then showed the object as it should be. */
  void seen(String key, long list) {
    take(key, list).ifPresent(Runnable::run);
  }

  /** Whether the object is there will not be known. */
  void unknown(String key) {
    take(key).ifPresent(Runnable::run);
  }

  /** The same for all objects but these. */
  void unknownBut(Set<String> keys) {
    others(keys).forEach(this::unknown);
  }

  private synchronized Optional<Runnable> take(String key, long list) {
    var judgement = judgements.get(key);
    return judgement != null && list - judgement.since() > settling ? take(key) : Optional.empty();
  }

  private synchronized Optional<Runnable> take(String key) {
    return Optional.ofNullable(judgements.remove(key)).map(Judgement::action);
  }

  private synchronized Set<String> others(Set<String> keys) {
    var others = new HashSet<>(judgements.keySet());
    others.removeAll(keys);
    return others;
  }
}
