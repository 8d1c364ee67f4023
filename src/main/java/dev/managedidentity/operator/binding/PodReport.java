package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.PodsStatus;
import dev.managedidentity.operator.api.Rollout;
import dev.managedidentity.operator.plan.Notice;
import dev.managedidentity.operator.pods.PodCounts;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said of a binding's pods. Pure. */
record PodReport(PodCounts counts) {
  private static final int NAMED = 10;

  /** The status with the counts. */
  IdentityBindingStatus noted(IdentityBindingStatus status) {
    return status.withPods(
        counts.total() == 0
            ? null
            : new PodsStatus(counts.total(), counts.gated(), counts.stale().size()));
  }

  /** Names the pods with settings of the past when more or fewer are known than before. */
  Optional<Notice> news(Rollout rollout, IdentityBindingStatus before, Instant now) {
    var known = before.pods() == null ? 0 : before.pods().stale();
    if (counts.stale().isEmpty() || counts.stale().size() == known) {
      return Optional.empty();
    }
    var names = counts.stale().stream().limit(NAMED).collect(Collectors.joining(", "));
    var more = counts.stale().size() - NAMED;
    return Optional.of(
        new Notice(
            "StalePods",
            "%d pod(s) run without the settings of this binding: %s%s. %s"
                .formatted(
                    counts.stale().size(),
                    names,
                    more > 0 ? " and %d more".formatted(more) : "",
                    switch (rollout) {
                      case NEVER -> "Restart them, or set spec.rollout to Restart.";
                      case RESTART -> "Their workloads are restarted once.";
                    }),
            rollout == Rollout.NEVER,
            now));
  }
}
