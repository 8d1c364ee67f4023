package dev.managedidentity.operator.azure.arm;

import java.util.regex.Pattern;

/** Makes what Azure said fit for a condition: one line, not too long, without secrets. */
final class Words {
  private static final int LONGEST = 1_000;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\s\\u2028\\u2029]+");
  private static final Pattern TOKEN =
      Pattern.compile("eyJ[A-Za-z0-9_-]{5,}(\\.[A-Za-z0-9_-]*){0,4}");

  /** What Microsoft Entra ID adds to a message, different each time. */
  private static final Pattern TRACE =
      Pattern.compile("\\s*Trace ID: \\S+ Correlation ID: \\S+ Timestamp: [0-9: -]+Z");

  /** As exceptions repeat those that caused them. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("([a-z][a-z0-9]*\\.)+[A-Z]\\w*(Exception|Error)(: |$)");

  private Words() {}

  static String shorten(String said) {
    var line = UNPRINTABLE.matcher(said).replaceAll(" ").strip();
    var safe = TOKEN.matcher(TRACE.matcher(line).replaceAll("")).replaceAll("[token removed]");
    return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST - 1) + "…";
  }

  /** What an exception says, without names of classes, and its first cause if it leaves it out. */
  static String of(String said, Throwable firstCause) {
    var plain = CLASS_NAME.matcher(said).replaceAll("").strip();
    var message = firstCause.getMessage();
    return shorten(
        message != null && said.contains(message) ? plain : plain + " (" + of(firstCause) + ")");
  }

  /** An exception in words; many of the JDK's have no message. */
  static String of(Throwable failure) {
    var kind = failure.getClass().getSimpleName();
    var message = failure.getMessage();
    return shorten(message == null ? kind : kind + ": " + message);
  }
}
