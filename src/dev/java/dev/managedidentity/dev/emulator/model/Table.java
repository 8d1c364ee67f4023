package dev.managedidentity.dev.emulator.model;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Records by a key that ignores case, in the order of their keys; safe for many threads. */
public final class Table<V> {
  private final ConcurrentSkipListMap<String, V> rows = new ConcurrentSkipListMap<>();

  public Optional<V> find(String key) {
    return Optional.ofNullable(rows.get(lower(key)));
  }

  /** Stores the value and returns what it replaced. */
  public Optional<V> put(String key, V value) {
    return Optional.ofNullable(rows.put(lower(key), value));
  }

  public Optional<V> remove(String key) {
    return Optional.ofNullable(rows.remove(lower(key)));
  }

  void clear() {
    rows.clear();
  }

  public List<V> all() {
    return List.copyOf(rows.values());
  }

  /** The values whose keys start with this text, in order. */
  public Collection<V> startingWith(String prefix) {
    var from = lower(prefix);
    return rows.subMap(from, true, from + Character.MAX_VALUE, false).values();
  }

  private static String lower(String key) {
    return key.toLowerCase(Locale.ROOT);
  }
}
