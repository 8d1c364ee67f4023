package dev.managedidentity.operator.inventory;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares what a list showed with what resources count on, and wakes those that must look. */
final class Verdicts<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);

  private final Sightings<T> sightings;
  private final Optional<Deferred> wholes;

  /** The keys about which something may be remembered: only what was not as it should be. */
  private final Set<String> suspects = ConcurrentHashMap.newKeySet();

  /**
   * Verdicts on nothing yet.
   *
   * @param wholes what waits for the objects that these are parts of, if they are
   */
  Verdicts(Sightings<T> sightings, Optional<Deferred> wholes) {
    this.sightings = sightings;
    this.wholes = wholes;
  }

  /** The moment from which on lists and expectations are believed. */
  long begin() {
    return sightings.begin();
  }

  /** Forgets what was seen of objects that nobody counts on any more. */
  void retain(List<Expectation<T>> all) {
    var expected = all.stream().map(Expectation::key).collect(toSet());
    sightings.parts().unknownBut(expected);
    for (var suspect : Set.copyOf(suspects)) {
      if (!expected.contains(suspect)) {
        suspects.remove(suspect);
        sightings.forget(suspect);
      }
    }
  }

  /**
   * Several resources may count on one object: it is fine only when it is fine for all. A part that
   * is not waits until its whole was seen.
   *
   * @param scope that was listed; for parts the whole
   */
  void judge(String scope, List<Expectation<T>> expected, Map<String, T> found, long begin) {
    if (wholes.isEmpty()) {
      judge(expected, found, begin);
    } else if (expected.stream().allMatch(one -> isMet(one, found))) {
      wholes.get().drop(scope);
      judge(expected, found, begin);
    } else {
      wholes.get().put(scope, () -> judge(expected, found, begin));
    }
  }

  /** It will not be known how these objects are. */
  void unknown(List<Expectation<T>> expected) {
    expected.forEach(one -> sightings.parts().unknown(one.key()));
  }

  private void judge(List<Expectation<T>> expected, Map<String, T> found, long begin) {
    expected.stream()
        .collect(groupingBy(Expectation::key))
        .forEach((key, same) -> judgeOne(same, key, Optional.ofNullable(found.get(key)), begin));
  }

  private static <T> boolean isMet(Expectation<T> expected, Map<String, T> found) {
    return expected.isMet().test(Optional.ofNullable(found.get(expected.key())));
  }

  private void judgeOne(List<Expectation<T>> expected, String key, Optional<T> value, long begin) {
    try {
      var surprised = expected.stream().filter(one -> !one.isMet().test(value)).toList();
      if (surprised.isEmpty()) {
        suspects.remove(key);
        sightings.clear(key, begin);
        sightings.parts().seen(key, begin);
        return;
      }
      suspects.add(key);
      if (sightings.report(key, begin, sighting(value))) {
        surprised.forEach(one -> one.wake().run());
      }
    } catch (RuntimeException e) {
      LOG.error("It could not be judged whether {} is as it should be", key, e);
    }
  }

  private static <T> Sighting<T> sighting(Optional<T> value) {
    return value.<Sighting<T>>map(Sighting.Present::new).orElseGet(Sighting.Absent::new);
  }
}
