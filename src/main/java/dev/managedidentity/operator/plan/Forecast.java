package dev.managedidentity.operator.plan;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What would be done for a resource that is only observed.
 *
 * @param steps what would be written, in order
 */
public record Forecast(List<String> steps, Instant time) {
  public Forecast {
    steps = List.copyOf(steps);
  }

  /** What people are told of it. */
  public Notice notice() {
    return new Notice("Planned", words(), false, time);
  }

  /** The numbered steps as a sentence. */
  private String words() {
    if (steps.isEmpty()) {
      return "Nothing would be written.";
    }
    return IntStream.range(0, steps.size())
        .mapToObj(index -> "%d. %s".formatted(index + 1, steps.get(index)))
        .collect(Collectors.joining("; ", "Would be written: ", "."));
  }
}
