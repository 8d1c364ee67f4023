package dev.managedidentity.dev.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows rows while they change: drawn anew in place on a terminal, else a line for each change. */
final class LiveTable {
  /** A line that is too long is cut, not continued in the next: the lines can be counted. */
  private static final String CUT = "\u001b[?7l";

  private static final String CONTINUE = "\u001b[?7h";

  private final Narration narration;
  private final Instant start = Instant.now();
  private Map<String, Row> shown = Map.of();

  LiveTable(Narration narration) {
    this.narration = narration;
  }

  /** The rows as they are now; nothing happens when they are as they were. */
  void show(List<Row> rows) {
    var now = new LinkedHashMap<String, Row>();
    shown.keySet().forEach(name -> now.put(name, Row.gone(name)));
    rows.forEach(row -> now.put(row.resource(), row));
    if (now.equals(shown)) {
      return;
    }
    if (narration.isTerminal()) {
      redraw(now);
    } else {
      printChanges(now);
    }
    shown = now;
  }

  private void redraw(Map<String, Row> now) {
    var upAndClear = "\u001b[%dA\u001b[J".formatted(shown.size() + 1);
    narration.control(shown.isEmpty() ? CUT : CUT + upAndClear);
    narration.say(Row.HEADER.line());
    now.values().forEach(row -> narration.say(row.line()));
    narration.control(CONTINUE);
  }

  private void printChanges(Map<String, Row> now) {
    if (shown.isEmpty()) {
      narration.say("  TIME  " + Row.HEADER.line());
    }
    var time = Narration.seconds(Duration.between(start, Instant.now()));
    now.values().stream()
        .filter(row -> !row.equals(shown.get(row.resource())))
        .forEach(row -> narration.say("%6s  %s".formatted(time, row.line())));
  }
}
