package dev.managedidentity.operator.guardrails;

import java.util.List;
import java.util.stream.Collectors;

/** Makes names and lists fit for a condition: one line, not too long. */
final class Words {
  /** How many of anything a sentence names. */
  static final int MOST = 5;

  private static final int LONGEST = 300;

  private Words() {}

  /** The first of the texts, and how many more there are. */
  static String list(List<String> texts) {
    var shown = texts.stream().limit(MOST).map(Words::shorten).collect(Collectors.joining(", "));
    return texts.size() > MOST ? shown + " and %d more".formatted(texts.size() - MOST) : shown;
  }

  static String shorten(String text) {
    var line = text.replaceAll("[\\p{C}\\s\\u2028\\u2029]+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
