package dev.managedidentity.operator.azure;

import java.util.List;

/**
 * Operations that somebody may carry out: those of the patterns but for those of the patterns that
 * begin with {@code not}. In a pattern {@code *} stands for any text.
 */
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
}
