package dev.managedidentity.dev.emulator.model;

import java.util.List;
import java.util.Locale;

/** What one role allows: its actions without its notActions, both with {@code *} wildcards. */
public record Permission(
    List<String> actions,
    List<String> notActions,
    List<String> dataActions,
    List<String> notDataActions) {

  public Permission {
    actions = List.copyOf(actions);
    notActions = List.copyOf(notActions);
    dataActions = List.copyOf(dataActions);
    notDataActions = List.copyOf(notDataActions);
  }

  /** Whether the control-plane action is allowed; data actions never count here. */
  public boolean allows(String action) {
    return matchesAny(actions, action) && !matchesAny(notActions, action);
  }

  private static boolean matchesAny(List<String> patterns, String action) {
    var lower = action.toLowerCase(Locale.ROOT);
    return patterns.stream().anyMatch(p -> matches(p.toLowerCase(Locale.ROOT), lower));
  }

  /** The star matches any text, slashes too; the first part anchors the start, the last the end. */
  private static boolean matches(String pattern, String action) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(action);
    }
    if (!action.startsWith(pattern.substring(0, star))) {
      return false;
    }
    var rest = pattern.substring(star + 1);
    if (pattern.startsWith("/*/", Math.max(0, star - 1))
        && matches(rest.substring(1), action.substring(star))) {
      return true; // Azure's own roles write a/*/read and mean a/read too
    }
    for (int start = star; start <= action.length(); start++) {
      if (matches(rest, action.substring(start))) {
        return true;
      }
    }
    return false;
  }
}
