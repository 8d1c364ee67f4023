package dev.managedidentity.operator.inventory;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The sightings of one kind of object, by its resource id in lower case. A list is believed about
 * an object only when it began well after the operator's last write of it, so what a resource finds
 * here was never made untrue by the operator itself. Safe for use by many threads.
 */
public final class Sightings<T> {
  /** A list that takes longer is not believed: writes are not remembered for longer. */
  static final Duration LONGEST_LIST = Duration.ofMinutes(15);

  private final LongSupplier ticker;
  private final long settling;
  private final long longest;

  /** When the operator last wrote which object, the oldest first. */
  private final Map<String, Long> written = new LinkedHashMap<>();

  private final Map<String, Seen<T>> seen = new HashMap<>();

  private final Deferred parts;

  private record Seen<T>(long since, Sighting<T> sighting) {}

  /**
   * Sightings of a process that has just started.
   *
   * @param ticker nanoseconds that only grow
   * @param settling how long after a write a list may still show the object as it was
   */
  public Sightings(LongSupplier ticker, Duration settling) {
    this(ticker, settling, LONGEST_LIST);
  }

  /**
   * The same with more patience.
   *
   * @param longest how long after a list began it is believed at most
   */
  Sightings(LongSupplier ticker, Duration settling, Duration longest) {
    this.ticker = ticker;
    this.settling = settling.toNanos();
    this.longest = longest.toNanos();
    this.parts = new Deferred(ticker, settling);
  }

  /** What was seen of the object; empty when nothing speaks against what its resource knows. */
  public synchronized Optional<Sighting<T>> find(String key) {
    return Optional.ofNullable(seen.get(key)).map(Seen::sighting);
  }

  /** Takes note that the operator made the object as it should be, or deleted it. */
  public synchronized void wrote(String key) {
    tried(key);
    seen.remove(key);
  }

  /** The same for an object that others are parts of. */
  public synchronized void wroteWithParts(String key) {
    wrote(key);
    seen.keySet().removeIf(other -> other.startsWith(key + "/"));
  }

  /**
   * Takes note that the operator tried to write the object and failed, or does not know. What was
   * seen stays true until a newer list says otherwise, so the next try finds it again.
   */
  public synchronized void tried(String key) {
    var now = ticker.getAsLong();
    written.remove(key);
    written.put(key, now);
    forgetOldWrites(now);
  }

  /**
   * Takes note of how an object is after the operator wrote it, when several resources count on it:
   * what one of them repaired must not hide what another has yet to repair.
   */
  public synchronized void learned(String key, T value) {
    tried(key);
    seen.computeIfPresent(
        key, (_, _) -> new Seen<>(ticker.getAsLong(), new Sighting.Present<>(value)));
  }

  /** What is to be said of parts of the objects once a list shows the objects. */
  Deferred parts() {
    return parts;
  }

  /** Takes note that a list begins; what it shows is reported with the moment returned. */
  synchronized long begin() {
    var now = ticker.getAsLong();
    forgetOldWrites(now);
    return now;
  }

  /**
   * Takes note of what a list showed of an object that is not as it should be.
   *
   * @return whether it is believed, and is news
   */
  synchronized boolean report(String key, long list, Sighting<T> sighting) {
    var old = seen.get(key);
    if (!isBelieved(key, list) || (old != null && old.since() - list > 0)) {
      return false;
    }
    seen.put(key, new Seen<>(list, sighting));
    return old == null || !old.sighting().equals(sighting);
  }

  /** Takes note that a list showed the object as it should be. */
  synchronized void clear(String key, long list) {
    seen.computeIfPresent(key, (_, old) -> old.since() - list < 0 ? null : old);
  }

  /** Takes note that no resource counts on the object any more. */
  synchronized void forget(String key) {
    seen.remove(key);
  }

  /** How many objects are remembered, for whatever reason. */
  synchronized int size() {
    return written.size() + seen.size();
  }

  private boolean isBelieved(String key, long list) {
    return ticker.getAsLong() - list <= longest
        && isSettled(key, list)
        && isSettled(whole(key), list);
  }

  private boolean isSettled(String key, long list) {
    var wrote = written.get(key);
    return wrote == null || list - wrote > settling;
  }

  /** What the object is a part of, by its id: an identity, for one of its credentials. */
  private static String whole(String key) {
    var type = key.lastIndexOf('/', key.lastIndexOf('/') - 1);
    return type > 0 ? key.substring(0, type) : key;
  }

  private void forgetOldWrites(long now) {
    var memory = longest + settling;
    var writes = written.values().iterator();
    while (writes.hasNext() && now - writes.next() > memory) {
      writes.remove();
    }
  }
}
