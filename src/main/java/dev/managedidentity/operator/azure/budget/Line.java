package dev.managedidentity.operator.azure.budget;

import dev.managedidentity.operator.plan.Urgency;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait, the more urgent first and among equals who came first. Every tenth place is for
 * upkeep, so that it is done also where edits never end. Not for several threads.
 */
final class Line<W> {
  private static final int SHARE_OF_UPKEEP = 10;

  private final Map<Urgency, Deque<W>> waiting = new EnumMap<>(Urgency.class);
  private int served;

  Line() {
    for (var urgency : Urgency.values()) {
      waiting.put(urgency, new ArrayDeque<>());
    }
  }

  void join(Urgency urgency, W waiter) {
    of(urgency).addLast(waiter);
  }

  /** Whose turn it is; null when nobody waits. */
  @Nullable W next() {
    var isForUpkeep = served % SHARE_OF_UPKEEP == SHARE_OF_UPKEEP - 1;
    var first = of(isForUpkeep ? Urgency.UPKEEP : Urgency.EDIT).peekFirst();
    return first != null ? first : of(isForUpkeep ? Urgency.EDIT : Urgency.UPKEEP).peekFirst();
  }

  /** It is somebody's turn. */
  void count() {
    served++;
  }

  /** One waits no more. */
  void leave(Urgency urgency, W waiter) {
    of(urgency).remove(waiter);
  }

  int size() {
    return waiting.values().stream().mapToInt(Deque::size).sum();
  }

  private Deque<W> of(Urgency urgency) {
    return Objects.requireNonNull(waiting.get(urgency));
  }
}
