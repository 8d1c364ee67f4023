package dev.managedidentity.dev.emulator.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest items, oldest first; older ones are forgotten. */
final class Recent<T> {
  private final int capacity;
  private final Deque<T> items = new ArrayDeque<>();

  Recent(int capacity) {
    this.capacity = capacity;
  }

  synchronized void add(T item) {
    if (items.size() == capacity) {
      items.removeFirst();
    }
    items.addLast(item);
  }

  synchronized List<T> all() {
    return List.copyOf(items);
  }

  synchronized void clear() {
    items.clear();
  }
}
