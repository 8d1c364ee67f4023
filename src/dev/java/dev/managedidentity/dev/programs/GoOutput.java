package dev.managedidentity.dev.programs;

import java.time.Duration;
import java.util.List;

/** What the output of {@code go build -v} so far says about how far it is. */
record GoOutput(long downloaded, long compiled, String last) {

  private static final String DOWNLOADING = "go: downloading ";

  static GoOutput of(List<String> lines) {
    var downloads = lines.stream().filter(line -> line.startsWith(DOWNLOADING)).count();
    var last = lines.isEmpty() ? "" : lines.getLast();
    return new GoOutput(downloads, lines.size() - downloads, last);
  }

  /** One line for a person who waits. */
  String describe(Duration elapsed) {
    if (last.isEmpty()) {
      return "  %s: looking for what is compiled already, or linking".formatted(minutes(elapsed));
    }
    if (last.startsWith(DOWNLOADING)) {
      return "  %s: %d modules downloaded, last %s"
          .formatted(minutes(elapsed), downloaded, last.substring(DOWNLOADING.length()));
    }
    return "  %s: %d packages compiled, last %s".formatted(minutes(elapsed), compiled, last);
  }

  static String minutes(Duration elapsed) {
    return "%d min %02d s".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
  }
}
