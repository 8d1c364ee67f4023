package dev.managedidentity.operator.azure.arm;

import java.util.regex.Pattern;

/** Makes what Azure said fit for a condition: one line, not too long, without secrets. */
final class Words {
  private static final int LONGEST = 1_000;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\s\\u2028\\u2029]+");
  private static final Pattern TOKEN =
      Pattern.compile("eyJ[A-Za-z0-9_-]{5,}(\\.[A-Za-z0-9_-]*){0,4}");

  private Words() {}

  static String shorten(String said) {
    var line = UNPRINTABLE.matcher(said).replaceAll(" ").strip();
    var safe = TOKEN.matcher(line).replaceAll("[token removed]");
    return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST - 1) + "…";
  }

  /** An exception in words; many of the JDK's have no message. */
  static String of(Throwable failure) {
    var kind = failure.getClass().getSimpleName();
    var message = failure.getMessage();
    return shorten(message == null ? kind : kind + ": " + message);
  }
}
