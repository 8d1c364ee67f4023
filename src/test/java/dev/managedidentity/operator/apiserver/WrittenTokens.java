package dev.managedidentity.operator.apiserver;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds in a text what looks like a signed token, whole or cut short. */
public final class WrittenTokens {
  private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}(\\.[A-Za-z0-9_-]*)*");
  private static final int SHOWN = 12;

  private WrittenTokens() {}

  /** The beginnings of all tokens in the text, for a failure must not show them either. */
  public static List<String> in(String text) {
    return TOKEN
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .map(token -> token.substring(0, Math.min(SHOWN, token.length())) + "...")
        .toList();
  }
}
