package dev.managedidentity.dev.emulator.journal;

import dev.managedidentity.dev.emulator.behaviour.Operation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The memory of an emulator: the newest requests and events, and counters of all requests. */
public final class Journal {
  private static final int REMEMBERED = 50_000;

  private final Recent<RequestEntry> requests = new Recent<>(REMEMBERED);
  private final Recent<ActivityEntry> activity = new Recent<>(REMEMBERED);
  private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();

  public void record(RequestEntry entry) {
    requests.add(entry);
    counters.computeIfAbsent(entry.operation(), _ -> new LongAdder()).increment();
  }

  public void record(ActivityEntry entry) {
    activity.add(entry);
  }

  public List<RequestEntry> requests() {
    return requests.all();
  }

  public List<ActivityEntry> activity() {
    return activity.all();
  }

  /** Requests by operation name, refused ones too, since the last reset. */
  public Map<String, Long> counters() {
    var copy = new TreeMap<String, Long>();
    counters.forEach((operation, count) -> copy.put(operation, count.sum()));
    return copy;
  }

  /** The sum of the counters whose operation matches a pattern with {@code *}. */
  public long count(String pattern) {
    return counters().entrySet().stream()
        .filter(counter -> Operation.matches(counter.getKey(), pattern))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  public void resetCounters() {
    counters.clear();
  }

  public void resetRequests() {
    requests.clear();
  }

  public void resetActivity() {
    activity.clear();
  }
}
