package dev.managedidentity.dev.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Tells a person what happens: numbered steps, each with what was seen and how long it took. */
final class Narration {
  private static final String INDENT = "      ";

  /** As much as fits, up to a space. */
  private static final Pattern LINE = Pattern.compile("(.{1,90})(?:\\s+|$)");

  private final PrintStream out;
  private final boolean isTerminal;
  private final int steps;
  private final Instant start = Instant.now();
  private int step;

  /** A story of so many steps. */
  Narration(PrintStream out, boolean isTerminal, int steps) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.steps = steps;
  }

  /** Whether what was printed can be drawn over. */
  boolean isTerminal() {
    return isTerminal;
  }

  /** One numbered step. */
  <T> T step(String title, Supplier<T> work) {
    step++;
    out.printf("%n[%d/%d] %s%n", step, steps, title);
    var begin = Instant.now();
    var result = work.get();
    say("done in " + seconds(Duration.between(begin, Instant.now())));
    return result;
  }

  /** One numbered step that has no result but what was seen. */
  void step(String title, Runnable work) {
    step(
        title,
        () -> {
          work.run();
          return step;
        });
  }

  /** Says something within a step; each line of the text is indented. */
  void say(String text) {
    text.lines().forEach(line -> out.println(line.isEmpty() ? line : INDENT + line));
  }

  /** Says something long within a step, in lines of a width that a terminal has. */
  void sayAtLength(String text) {
    say(LINE.matcher(text).replaceAll("$1\n"));
  }

  /** Says something outside of the steps. */
  void announce(String text) {
    out.println();
    out.println(text);
  }

  /** Sends what a terminal takes as a command. */
  void control(String sequence) {
    out.print(sequence);
    out.flush();
  }

  /** Says which step failed and why: the messages of the exception and of its causes. */
  void fail(Throwable failure) {
    announce("FAILED in step %d of %d, after %s:".formatted(step, steps, total()));
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      say(Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getName()));
    }
  }

  /** How long the story took so far. */
  String total() {
    return seconds(Duration.between(start, Instant.now()));
  }

  static String seconds(Duration duration) {
    return duration.toMinutes() > 0
        ? "%d min %02d s".formatted(duration.toMinutes(), duration.toSecondsPart())
        : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
