package dev.managedidentity.operator.certificate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A store that keeps to its promise about versions, and tells what is written. */
final class MemoryStore implements CertificateStore {
  private final List<Consumer<Map<String, String>>> listeners = new ArrayList<>();
  private final Deque<Runnable> beforeWrites = new ArrayDeque<>();
  private Optional<Stored> stored = Optional.empty();
  private int writes;

  /** Like the API server's watch. */
  void onWrite(Consumer<Map<String, String>> listener) {
    listeners.add(listener);
  }

  /** Somebody else acts between the next write's decision and the write. */
  void beforeNextWrite(Runnable action) {
    beforeWrites.add(action);
  }

  int writes() {
    return writes;
  }

  Material material() {
    return Material.ofEntries(stored.orElseThrow().entries());
  }

  void delete() {
    stored = Optional.empty();
  }

  @Override
  public Optional<Stored> read() {
    return stored;
  }

  @Override
  public boolean write(Map<String, String> entries, Optional<String> version) {
    Optional.ofNullable(beforeWrites.poll()).ifPresent(Runnable::run);
    if (!stored.map(Stored::version).equals(version)) {
      return false;
    }
    writes++;
    stored = Optional.of(new Stored("v" + writes, entries));
    listeners.forEach(listener -> listener.accept(entries));
    return true;
  }
}
