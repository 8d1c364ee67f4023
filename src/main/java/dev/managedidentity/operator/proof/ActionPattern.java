package dev.managedidentity.operator.proof;

import java.util.Locale;

/**
 * Operations of Azure by name, such as {@code Microsoft.Storage/storageAccounts/read}: a star
 * stands for any text, slashes too, and case does not count.
 */
record ActionPattern(String text) {
  private static final char STAR = '*';

  ActionPattern {
    text = text.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether every operation of the other pattern is one of this. A star of the other is read as a
   * letter that no name has: only a star matches it, as only a star matches any text.
   */
  boolean includes(ActionPattern other) {
    var reached = new boolean[other.text.length() + 1];
    reached[0] = true;
    for (var i = 0; i < text.length(); i++) {
      var letter = text.charAt(i);
      if (letter == STAR) {
        for (var j = 1; j < reached.length; j++) {
          reached[j] |= reached[j - 1];
        }
      } else {
        for (var j = reached.length - 1; j > 0; j--) {
          reached[j] = reached[j - 1] && other.text.charAt(j - 1) == letter;
        }
        reached[0] = false;
      }
    }
    return reached[other.text.length()];
  }

  /** Whether any operation is one of both. */
  boolean overlaps(ActionPattern other) {
    var met = new boolean[text.length() + 1][other.text.length() + 1];
    met[0][0] = true;
    for (var i = 0; i <= text.length(); i++) {
      for (var j = 0; j <= other.text.length(); j++) {
        var isStar = (i > 0 && isStar(i - 1)) || (j > 0 && other.isStar(j - 1));
        met[i][j] |=
            isStar
                ? (i > 0 && met[i - 1][j]) || (j > 0 && met[i][j - 1])
                : i > 0 && j > 0 && isSame(i - 1, other, j - 1) && met[i - 1][j - 1];
      }
    }
    return met[text.length()][other.text.length()];
  }

  private boolean isStar(int index) {
    return text.charAt(index) == STAR;
  }

  private boolean isSame(int index, ActionPattern other, int otherIndex) {
    return text.charAt(index) == other.text.charAt(otherIndex);
  }

  @Override
  public String toString() {
    return text;
  }
}
