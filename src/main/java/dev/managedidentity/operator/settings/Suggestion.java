package dev.managedidentity.operator.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that somebody most likely meant. */
final class Suggestion {
  private Suggestion() {}

  /** The nearest of the known words, unless even that one differs in more than half its letters. */
  static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparingInt((String candidate) -> distance(word, candidate))
                .thenComparing(candidate -> candidate))
        .filter(candidate -> distance(word, candidate) <= candidate.length() / 2);
  }

  /** Letters to change, ignoring case; a last segment alone may stand for the whole key. */
  private static int distance(String word, String candidate) {
    var whole = edits(lower(word), lower(candidate));
    var last = edits(lower(lastSegment(word)), lower(lastSegment(candidate)));
    return last == 0 ? Math.min(whole, 1) : whole;
  }

  private static String lastSegment(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Levenshtein's distance, one row at a time. */
  private static int edits(String from, String to) {
    var row = new int[to.length() + 1];
    for (var column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (var line = 1; line <= from.length(); line++) {
      var diagonal = row[0];
      row[0] = line;
      for (var column = 1; column <= to.length(); column++) {
        var replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }
}
