package dev.managedidentity.dev.emulator.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** How long operations take, by pattern of their names; the rule set last wins. */
public final class Latency {
  private final AtomicReference<List<Rule>> rules = new AtomicReference<>(List.of());

  /** How long the operations of one pattern take. */
  private record Rule(String operation, Duration duration) {}

  public void set(String operation, Duration duration) {
    rules.updateAndGet(
        old -> {
          var next = new ArrayList<Rule>();
          next.add(new Rule(operation, duration));
          old.stream().filter(rule -> !rule.operation().equals(operation)).forEach(next::add);
          return List.copyOf(next);
        });
  }

  public void clear() {
    rules.set(List.of());
  }

  /** Holds the calling thread as long as the operation takes. */
  public void spend(Operation operation) {
    var duration =
        rules.get().stream()
            .filter(rule -> operation.matches(rule.operation()))
            .findFirst()
            .map(Rule::duration)
            .orElse(Duration.ZERO);
    if (duration.isPositive()) {
      try {
        Thread.sleep(duration);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
