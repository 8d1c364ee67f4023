package dev.managedidentity.dev.build;

import dev.managedidentity.operator.runtime.Metric;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** docs/reference/metrics.md: every metric of the operator's own. */
final class MetricReference {
  private static final String INTRODUCTION =
      """
      # Metrics

      <!-- Generated from dev.managedidentity.operator.runtime.Metric by `make docs`. -->

      The operator serves its metrics at `/metrics`, on [`http.port`](configuration.md), in Prometheus' text format. Names and labels
      are stable. No label holds the name of a resource.

      A histogram has the series `_bucket`, `_count` and `_sum`, and a gauge `_max` with the highest value of the last minutes.

      """;

  private static final String REST =
      """

      Besides these there are the usual metrics of the process and the JVM, as Micrometer names them: `jvm_memory_*`, `jvm_gc_*`,
      `jvm_threads_*`, `process_cpu_*`, `system_cpu_*`, `process_files_*`, `process_uptime_seconds` and `process_start_time_seconds`.
      """;

  private MetricReference() {}

  static GeneratedFile page() {
    var table =
        new MarkdownTable(
            List.of("Metric", "Kind", "Labels", "Meaning"),
            Metric.all().stream().map(MetricReference::row).toList());
    return ReferencePage.of("metrics.md", INTRODUCTION + table + REST);
  }

  private static List<String> row(Metric metric) {
    var labels =
        metric.labels().stream()
            .map(label -> "`%s`: %s".formatted(label.name(), label.meaning()))
            .collect(Collectors.joining("<br>"));
    return List.of(
        "`" + metric.name() + "`",
        metric.kind().name().toLowerCase(Locale.ROOT),
        labels,
        metric.meaning());
  }
}
