package dev.managedidentity.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.chart.ChartFile;
import dev.managedidentity.operator.runtime.Metric;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alerts and diagrams speak of metrics that there are, and alerts say what to do. */
class MonitoringTest {
  private static final Path RUNBOOKS = Path.of("docs/operations/runbooks");
  private static final Pattern NAME = Pattern.compile("managed_identity_\\w+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|!~|!=|=)\"");
  private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");

  /** Prometheus adds them. */
  private static final Set<String> ADDED = Set.of("le", "pod", "instance");

  static List<JsonNode> alerts() throws IOException {
    var file = Serialization.unmarshal(read("files/alerts.yaml"), JsonNode.class);
    return stream(file.path("groups")).flatMap(group -> stream(group.path("rules"))).toList();
  }

  static List<String> queries() throws IOException {
    var dashboard = Serialization.unmarshal(read("files/dashboard.json"), JsonNode.class);
    var drawn =
        stream(dashboard.path("panels"))
            .flatMap(panel -> stream(panel.path("targets")))
            .map(target -> target.path("expr").asText());
    return Stream.concat(drawn, alerts().stream().map(alert -> alert.path("expr").asText()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void asksForMetricsAndLabelsThatThereAre(String query) {
    var metrics =
        NAME.matcher(query).results().map(found -> metric(found.group())).distinct().toList();
    var labels =
        metrics.stream()
            .flatMap(metric -> metric.labels().stream())
            .map(Metric.Label::name)
            .collect(Collectors.toSet());
    labels.addAll(ADDED);

    assertThat(metrics).isNotEmpty();
    assertThat(named(query)).isSubsetOf(labels);
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertHasARunbook(JsonNode alert) {
    var annotations = alert.path("annotations");

    assertThat(annotations.path("summary").asText()).isNotEmpty();
    assertThat(Path.of(annotations.path("runbook").asText())).hasParent(RUNBOOKS).isRegularFile();
    assertThat(alert.path("labels").path("severity").asText()).isIn("critical", "warning", "info");
  }

  @Test
  void aRunbookHasAnAlert() throws IOException {
    var used =
        alerts().stream()
            .map(alert -> Path.of(alert.path("annotations").path("runbook").asText()))
            .toList();

    try (var runbooks = Files.list(RUNBOOKS)) {
      assertThat(runbooks).containsExactlyInAnyOrderElementsOf(used);
    }
  }

  @Test
  void everyMetricIsDrawn() throws IOException {
    var drawn = String.join("\n", queries());

    assertThat(Metric.all())
        .extracting(Metric::name)
        .allSatisfy(name -> assertThat(drawn).contains(name));
  }

  private static Stream<String> named(String query) {
    var matched = LABEL.matcher(query).results().map(found -> found.group(1));
    var grouped =
        GROUPING.matcher(query).results().flatMap(found -> Stream.of(found.group(1).split(", ")));
    return Stream.concat(matched, grouped);
  }

  /** A histogram has series of its own. */
  private static Metric metric(String series) {
    var family = series.replaceFirst("_(bucket|count|sum|max)$", "");
    return Metric.all().stream()
        .filter(metric -> metric.name().equals(series) || metric.name().equals(family))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no metric " + series));
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static String read(String file) throws IOException {
    return Files.readString(ChartFile.CHART.resolve(file));
  }
}
