package dev.managedidentity.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.PodsStatus;
import dev.managedidentity.operator.api.Rollout;
import dev.managedidentity.operator.plan.Notice;
import dev.managedidentity.operator.pods.PodCounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PodReportTest {
  private static final IdentityBindingStatus NOTHING = IdentityBindingStatus.EMPTY;

  @Test
  void countsStandInTheStatusWhileThereArePods() {
    assertThat(report(List.of("a")).noted(NOTHING).pods()).isEqualTo(new PodsStatus(5, 2, 1));
    assertThat(new PodReport(PodCounts.NONE).noted(NOTHING).pods()).isNull();
  }

  @Test
  void stalePodsAreNamedWhenTheirNumberChanges() {
    var report = report(List.of("a", "b"));

    assertThat(words(report, NOTHING))
        .contains(
            "2 pod(s) run without the settings of this binding: a, b. Restart them, or set"
                + " spec.rollout to Restart.");
    assertThat(words(report, report.noted(NOTHING))).isEmpty();
    assertThat(words(report(List.of()), report.noted(NOTHING))).isEmpty();
  }

  @Test
  void notMoreThanTenAreNamed() {
    var names = IntStream.range(0, 13).mapToObj(index -> "pod-" + index).toList();

    assertThat(words(report(names), NOTHING).orElseThrow()).contains("pod-9 and 3 more.");
  }

  private static Optional<String> words(PodReport report, IdentityBindingStatus before) {
    return report.news(Rollout.NEVER, before, Instant.EPOCH).map(Notice::words);
  }

  private static PodReport report(List<String> stale) {
    return new PodReport(new PodCounts(5, 2, stale));
  }
}
