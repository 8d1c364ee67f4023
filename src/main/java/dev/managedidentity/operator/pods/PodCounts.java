package dev.managedidentity.operator.pods;

import java.util.List;

/**
 * Pods of a binding.
 *
 * @param total that have not ended
 * @param gated that wait for it
 * @param stale names of those that run with settings of the past
 */
public record PodCounts(int total, int gated, List<String> stale) {
  public static final PodCounts NONE = new PodCounts(0, 0, List.of());

  public PodCounts {
    stale = List.copyOf(stale);
  }
}
