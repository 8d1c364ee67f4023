package dev.managedidentity.operator.issuer;

/** Makes what others wrote fit for a condition: one line, not too long. */
final class Words {
  private static final int LONGEST = 300;

  private Words() {}

  static String shown(String text) {
    var line = text.replaceAll("[\\p{C}\\s\\u2028\\u2029]+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
