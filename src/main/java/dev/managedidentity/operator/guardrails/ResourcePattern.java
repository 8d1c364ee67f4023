package dev.managedidentity.operator.guardrails;

import java.util.Arrays;
import java.util.List;

/**
 * A pattern of resource ids: it covers what is at its path or below it, part by part. One that is
 * not below a subscription, so one of a management group, covers that alone and has no wildcard.
 */
record ResourcePattern(List<TextPattern> parts, boolean isBelowSubscription) {
  ResourcePattern {
    parts = List.copyOf(parts);
  }

  /** The pattern of a text that has the form of {@link PatternForm#SCOPE}. */
  static ResourcePattern of(String text) {
    var parts = Arrays.stream(text.substring(1).split("/", -1)).map(TextPattern::of).toList();
    return new ResourcePattern(parts, parts.getFirst().folded().equals("subscriptions"));
  }

  boolean covers(ResourcePath path) {
    return isBelowSubscription ? isPrefixOf(path.parts()) : isExactly(path.parts());
  }

  private boolean isPrefixOf(List<String> path) {
    if (parts.size() > path.size()) {
      return false;
    }
    for (var index = 0; index < parts.size(); index++) {
      if (!parts.get(index).matches(path.get(index))) {
        return false;
      }
    }
    return true;
  }

  private boolean isExactly(List<String> path) {
    return parts.stream().map(TextPattern::folded).toList().equals(path);
  }
}
