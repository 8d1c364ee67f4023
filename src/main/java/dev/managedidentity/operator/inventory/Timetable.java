package dev.managedidentity.operator.inventory;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which scopes are listed when, and which may not be: the memory of a sweep. */
final class Timetable {
  /** How long a scope that was denied is left alone while a narrower one serves. */
  static final Duration DENIAL = Duration.ofHours(1);

  private final Rhythm rhythm;
  private final Map<String, Entry> entries = new HashMap<>();

  /** What is known of a scope; every moment is one of the rhythm's. */
  private static final class Entry {
    private long due;
    private long listed;
    private long deniedUntil;
    private boolean isDenied;
    private boolean isUsed;
    private boolean isUnderWay;

    Entry(long due, long now) {
      this.due = due;
      this.listed = now;
    }

    boolean isDeniedAt(long now) {
      return isDenied && deniedUntil - now > 0;
    }

    boolean isWaiting() {
      return isUsed && !isUnderWay;
    }
  }

  /**
   * What to do now.
   *
   * @param scopes to be listed now
   * @param pause how long until the next may be due
   */
  record Departure(List<String> scopes, Duration pause) {
    Departure {
      scopes = List.copyOf(scopes);
    }
  }

  Timetable(Rhythm rhythm) {
    this.rhythm = rhythm;
  }

  /** The widest of these scopes that was not denied; when all were, the narrowest. */
  synchronized String choose(List<String> scopes) {
    var now = rhythm.now();
    return scopes.stream()
        .filter(scope -> !isDenied(scope, now))
        .findFirst()
        .orElse(scopes.getLast());
  }

  /**
   * Which scopes are due; they are under way until their end is told.
   *
   * @param known every scope that could be used; what is known of others is forgotten
   * @param used those that are
   */
  synchronized Departure depart(Set<String> known, Set<String> used) {
    var now = rhythm.now();
    entries.entrySet().removeIf(one -> !known.contains(one.getKey()) && !one.getValue().isUnderWay);
    used.forEach(scope -> entries.computeIfAbsent(scope, _ -> entry(now + rhythm.first())));
    entries.forEach((scope, entry) -> entry.isUsed = used.contains(scope));
    var due =
        entries.entrySet().stream()
            .filter(one -> one.getValue().isWaiting() && one.getValue().due - now <= 0)
            .toList();
    due.forEach(one -> one.getValue().isUnderWay = true);
    var scopes = due.stream().map(Map.Entry::getKey).sorted().toList();
    return new Departure(scopes, pause(now));
  }

  /** The list of the scope is complete. */
  synchronized void listed(String scope) {
    var entry = arrived(scope, rhythm.next());
    entry.isDenied = false;
    entry.listed = rhythm.now();
  }

  /** The list of the scope failed and is to be tried again, but not before the delay. */
  synchronized void failed(String scope, Duration delay) {
    arrived(scope, Math.max(rhythm.next(), delay.toNanos()));
  }

  /** The scope may not be listed; these narrower ones serve instead, from now on. */
  synchronized void denied(String scope, Collection<String> narrower) {
    var entry = arrived(scope, Math.min(rhythm.next(), DENIAL.toNanos()));
    entry.isDenied = true;
    entry.deniedUntil = rhythm.now() + DENIAL.toNanos();
    narrower.forEach(other -> entries.computeIfAbsent(other, _ -> entry(rhythm.now())));
  }

  /** How long ago the scope was listed that was listed longest ago of those in use. */
  synchronized Duration age() {
    var now = rhythm.now();
    return Duration.ofNanos(
        entries.values().stream()
            .filter(entry -> entry.isUsed)
            .mapToLong(entry -> now - entry.listed)
            .max()
            .orElse(0));
  }

  private boolean isDenied(String scope, long now) {
    var entry = entries.get(scope);
    return entry != null && entry.isDeniedAt(now);
  }

  private Entry arrived(String scope, long delay) {
    var entry = entries.computeIfAbsent(scope, _ -> entry(rhythm.now()));
    entry.isUnderWay = false;
    entry.due = rhythm.now() + delay;
    return entry;
  }

  private Entry entry(long due) {
    return new Entry(due, rhythm.now());
  }

  private Duration pause(long now) {
    var next =
        entries.values().stream()
            .filter(Entry::isWaiting)
            .mapToLong(entry -> entry.due - now)
            .min()
            .orElse(Long.MAX_VALUE);
    return Duration.ofNanos(Math.clamp(next, rhythm.pause().toNanos(), rhythm.round().toNanos()));
  }
}
