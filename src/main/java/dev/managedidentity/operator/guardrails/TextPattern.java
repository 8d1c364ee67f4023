package dev.managedidentity.operator.guardrails;

import java.text.Normalizer;

/** Text in which {@code *} stands for any text, also none; compared as Azure compares names. */
record TextPattern(String folded) {
  private static final char ANY = '*';

  static TextPattern of(String pattern) {
    return new TextPattern(fold(pattern));
  }

  /** Whether everything matches. */
  boolean isEverything() {
    return !folded.isEmpty() && folded.chars().allMatch(letter -> letter == ANY);
  }

  boolean matches(String text) {
    return covers(folded, fold(text));
  }

  /**
   * Whether a text matches a pattern letter by letter. Goes back only to the last star, so that no
   * pattern takes long.
   */
  static boolean covers(String pattern, String wanted) {
    var at = 0;
    var star = -1;
    var resume = 0;
    for (var position = 0; position < wanted.length(); ) {
      if (at < pattern.length() && pattern.charAt(at) == ANY) {
        star = at++;
        resume = position;
      } else if (at < pattern.length() && pattern.charAt(at) == wanted.charAt(position)) {
        at++;
        position++;
      } else if (star >= 0) {
        at = star + 1;
        position = ++resume;
      } else {
        return false;
      }
    }
    return pattern.chars().skip(at).allMatch(letter -> letter == ANY);
  }

  /**
   * The composed form, which is what requests send, without regard to case. No other letter becomes
   * one of ASCII: Java would make an i of the dotted capital one, and Azure would not.
   */
  static String fold(String text) {
    var folded = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .forEach(letter -> folded.appendCodePoint(fold(letter)));
    return folded.toString();
  }

  private static int fold(int letter) {
    var lower = Character.toLowerCase(letter);
    return letter >= 128 && lower < 128 ? letter : lower;
  }
}
