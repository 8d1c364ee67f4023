package dev.managedidentity.dev.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The Grafana dashboard: rate, errors and duration of what the operator does, then saturation. */
final class Dashboard {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int COLUMNS = 3;
  private static final int WIDTH = 8;
  private static final int HEIGHT = 8;

  private static final List<Panel> PANELS =
      List.of(
          new Panel(
              "Resources that are not ready",
              "short",
              "{{resource}} {{ready}}",
              "max by (resource, ready) (managed_identity_resources{ready!=\"True\"})"),
          new Panel(
              "Resources",
              "short",
              "{{resource}}",
              "sum by (resource) (max by (resource, ready) (managed_identity_resources))"),
          new Panel("Who leads", "short", "{{pod}}", "managed_identity_leader"),
          new Panel(
              "Passes a second",
              "ops",
              "{{resource}} {{outcome}}",
              "sum by (resource, outcome)"
                  + " (rate(managed_identity_reconcile_duration_seconds_count[5m]))"),
          new Panel(
              "Passes that failed",
              "short",
              "{{resource}}",
              "sum by (resource)"
                  + " (increase(managed_identity_reconcile_duration_seconds_count{outcome=\"failed\"}[5m]))"),
          percentile(
              "Duration of passes", "managed_identity_reconcile_duration_seconds", "resource"),
          new Panel(
              "Calls to Azure a second",
              "reqps",
              "{{operation}}",
              "sum by (operation)"
                  + " (rate(managed_identity_azure_call_duration_seconds_count[5m]))"),
          new Panel(
              "Calls to Azure that failed",
              "short",
              "{{operation}} {{result}}",
              "sum by (operation, result)"
                  + " (increase(managed_identity_azure_call_duration_seconds_count{result!=\"Succeeded\"}[5m]))"),
          percentile(
              "Duration of calls to Azure",
              "managed_identity_azure_call_duration_seconds",
              "operation"),
          percentile(
              "Wait for Azure's limits", "managed_identity_azure_wait_duration_seconds", "limit"),
          new Panel(
              "Rates found after throttling",
              "reqps",
              "{{subscription}} {{limit}}",
              "max by (subscription, limit) (managed_identity_azure_rate)"),
          percentile(
              "Wait for other writes on the same object",
              "managed_identity_lane_wait_duration_seconds",
              ""),
          new Panel(
              "Token exchanges",
              "short",
              "{{result}}",
              "sum by (result) (increase(managed_identity_token_exchanges_total[5m]))"),
          percentile(
              "From a credential to its first exchange",
              "managed_identity_federation_delay_seconds",
              ""),
          new Panel(
              "Drift found and repaired",
              "short",
              "{{kind}}",
              "sum by (kind) (increase(managed_identity_drift_total[1h]))"),
          new Panel(
              "Age of the inventory",
              "s",
              "{{kind}}",
              "max by (kind) (managed_identity_inventory_age_seconds)"),
          new Panel("Pods that wait", "short", "pods", "max(managed_identity_gated_pods)"),
          new Panel(
              "Fullest identity",
              "percentunit",
              "credentials",
              "max(managed_identity_credential_quota_used_ratio)"),
          percentile(
              "Answers of the webhook", "managed_identity_admission_duration_seconds", "path"),
          new Panel(
              "Answers of the webhook a second",
              "reqps",
              "{{path}} {{outcome}}",
              "sum by (path, outcome)"
                  + " (rate(managed_identity_admission_duration_seconds_count[5m]))"),
          new Panel(
              "Version",
              "short",
              "{{version}}",
              "count by (version) (managed_identity_build_info)"));

  private Dashboard() {}

  /** A diagram with one query. */
  private record Panel(String title, String unit, String legend, String query) {}

  private static Panel percentile(String title, String metric, String label) {
    var by = label.isEmpty() ? "le" : "le, " + label;
    return new Panel(
        title + ", 95th percentile",
        "s",
        label.isEmpty() ? "p95" : "{{%s}}".formatted(label),
        "histogram_quantile(0.95, sum by (%s) (rate(%s_bucket[5m])))".formatted(by, metric));
  }

  static String text() {
    var dashboard =
        JSON.createObjectNode()
            .put("uid", "managed-identity-operator")
            .put("title", "Managed Identity Operator")
            .put("schemaVersion", 39)
            .put("refresh", "1m")
            .put("editable", true);
    dashboard.putArray("tags").add("azure").add("kubernetes");
    dashboard.putObject("time").put("from", "now-6h").put("to", "now");
    dashboard
        .putObject("templating")
        .putArray("list")
        .addObject()
        .put("name", "datasource")
        .put("label", "Data source")
        .put("type", "datasource")
        .put("query", "prometheus");
    var panels = dashboard.putArray("panels");
    for (var index = 0; index < PANELS.size(); index++) {
      panels.add(json(PANELS.get(index), index));
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(dashboard) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode json(Panel panel, int index) {
    var json =
        JSON.createObjectNode()
            .put("id", index + 1)
            .put("type", "timeseries")
            .put("title", panel.title());
    json.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
    json.putObject("gridPos")
        .put("h", HEIGHT)
        .put("w", WIDTH)
        .put("x", index % COLUMNS * WIDTH)
        .put("y", index / COLUMNS * HEIGHT);
    json.putObject("fieldConfig").putObject("defaults").put("unit", panel.unit()).put("min", 0);
    json.putArray("targets")
        .addObject()
        .put("refId", "A")
        .put("expr", panel.query())
        .put("legendFormat", panel.legend());
    return json;
  }
}
