package dev.managedidentity.operator.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a list showed, for tests that make no lists. */
public final class Seen {
  private Seen() {}

  /** An inventory of an operator that writes nothing. */
  public static Inventory inventory() {
    return new Inventory(System::nanoTime, Duration.ZERO, Duration.ZERO);
  }

  /** The object with this id, in lower case, was not in a list. */
  public static <T> void absent(Sightings<T> sightings, String key) {
    sightings.report(key, sightings.begin(), new Sighting.Absent<>());
  }

  /** The object with this id, in lower case, was in a list like this. */
  public static <T> void present(Sightings<T> sightings, String key, T value) {
    sightings.report(key, sightings.begin(), new Sighting.Present<>(value));
  }

  /** A list is compared with what resources count on, as a sweep does it. */
  public static <T> void listed(
      Sightings<T> sightings, List<Expectation<T>> expected, Map<String, T> found) {
    var verdicts = new Verdicts<>(sightings, Optional.empty());
    verdicts.judge("everywhere", expected, found, verdicts.begin());
  }
}
