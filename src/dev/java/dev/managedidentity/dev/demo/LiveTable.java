package dev.managedidentity.dev.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows rows while they change: drawn anew in place on a terminal, else a line for each change. */
final class LiveTable {
  private static final String UP_AND_CLEAR = "\u001b[%dA\u001b[J";

  private final Narration narration;
  private final Instant start = Instant.now();
  private Map<String, Row> shown = Map.of();
  private boolean isBegun;

  LiveTable(Narration narration) {
    this.narration = narration;
  }

  /** The rows as they are now; nothing happens when they are as they were. */
  void show(List<Row> rows) {
    var now = new LinkedHashMap<String, Row>();
    rows.forEach(row -> now.put(row.resource(), row));
    if (isBegun && now.equals(shown)) {
      return;
    }
    if (narration.isTerminal()) {
      redraw(rows);
    } else {
      printChanges(now);
    }
    shown = Map.copyOf(now);
    isBegun = true;
  }

  private void redraw(List<Row> rows) {
    if (isBegun) {
      narration.control(UP_AND_CLEAR.formatted(shown.size() + 1));
    }
    narration.say(Row.HEADER.line());
    rows.forEach(row -> narration.say(row.line()));
  }

  private void printChanges(Map<String, Row> now) {
    if (!isBegun) {
      narration.say("   TIME  " + Row.HEADER.line());
    }
    shown.keySet().stream()
        .filter(name -> !now.containsKey(name))
        .forEach(name -> print(new Row(name, "gone", "", "")));
    now.values().stream()
        .filter(row -> !row.equals(shown.get(row.resource())))
        .forEach(this::print);
  }

  private void print(Row row) {
    var time = Narration.seconds(Duration.between(start, Instant.now()));
    narration.say("%7s  %s".formatted(time, row.line()));
  }
}
