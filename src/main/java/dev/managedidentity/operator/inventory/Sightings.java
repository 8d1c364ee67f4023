package dev.managedidentity.operator.inventory;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sightings of one kind of object, by its resource id in lower case. A sighting never outlives
 * a write: what a list showed that began before the write ended may no longer be true.
 */
public final class Sightings<T> {
  private final AtomicLong now = new AtomicLong();
  private final Map<String, Long> written = new ConcurrentHashMap<>();
  private final Map<String, Seen<T>> seen = new ConcurrentHashMap<>();

  private record Seen<T>(long since, Sighting<T> sighting) {}

  /** What was seen of the object; empty when nothing speaks against what its resource knows. */
  public Optional<Sighting<T>> find(String key) {
    return Optional.ofNullable(seen.get(key)).map(Seen::sighting);
  }

  /** Takes note that the operator wrote the object. */
  public void wrote(String key) {
    written.put(key, now.incrementAndGet());
    seen.remove(key);
  }

  /** Takes note that a list begins; what it shows is reported with the number returned. */
  long begin() {
    return now.incrementAndGet();
  }

  /** Takes note of what a list showed of an object that is not as it should be. */
  boolean report(String key, long list, Sighting<T> sighting) {
    var wrote = written.get(key);
    if (wrote != null && wrote > list) {
      return false;
    }
    seen.put(key, new Seen<>(list, sighting));
    return true;
  }

  /** Takes note that a list showed the object as it should be. */
  void clear(String key, long list) {
    seen.computeIfPresent(key, (_, old) -> old.since() < list ? null : old);
  }

  /** Forgets writes that ended before any list that is still under way began. */
  void forgetWritesBefore(long list) {
    written.values().removeIf(wrote -> wrote < list);
  }
}
