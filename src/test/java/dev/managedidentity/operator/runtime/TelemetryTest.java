package dev.managedidentity.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.admission.AdmissionMeter;
import dev.managedidentity.operator.azure.budget.Limit;
import dev.managedidentity.operator.plan.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryTest {
  private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (managed_\\w+) (\\w+)$");

  private static final Finding FINDING =
      new Finding(Finding.Kind.ROLE_ASSIGNMENT_DELETED, "/id", "Gone.", Instant.EPOCH);

  private final Telemetry telemetry = new Telemetry("1.2.3");

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void servesEveryMetricOfTheTableAndNoOther() {
    telemetry.reconciled("ManagedIdentity", "settled", Duration.ofMillis(20));
    telemetry.azureCalled("writeIdentity", "Succeeded", Duration.ofMillis(20));
    telemetry.exchanged("TokenExchangePending");
    telemetry.federated(Duration.ofSeconds(40));
    telemetry.found(FINDING);
    telemetry.show(Metric.INVENTORY_AGE, List.of("identities"), () -> 1.5);
    telemetry.show(Metric.LEADER, List.of(), () -> 1);
    telemetry.show(Metric.RESOURCES, List.of("ManagedIdentity", "True"), () -> 7);
    telemetry.show(Metric.GATED_PODS, List.of(), () -> 3);
    telemetry.show(Metric.CREDENTIAL_QUOTA_USED, List.of(), () -> 0.5);
    telemetry.waitedInLane(Duration.ofMillis(20));
    telemetry.answered("/pods", AdmissionMeter.Outcome.PATCHED, Duration.ofMillis(2));
    telemetry.waited(Limit.WRITES, Duration.ofMillis(20));
    telemetry.watchRate("s", Limit.IDENTITY_WRITES, () -> 2.5);

    var families =
        FAMILY
            .matcher(telemetry.scrape())
            .results()
            .filter(family -> !family.group(1).endsWith("_max"))
            .collect(Collectors.toMap(family -> family.group(1), TelemetryTest::kind));

    assertThat(families)
        .isEqualTo(Metric.all().stream().collect(Collectors.toMap(Metric::name, Metric::kind)));
  }

  @Test
  void labelsAreThoseOfTheTable() {
    telemetry.reconciled("ManagedIdentity", "settled", Duration.ofMillis(20));
    telemetry.azureCalled("writeIdentity", "Throttled", Duration.ofMillis(20));
    telemetry.exchanged("TokenExchangePending");
    telemetry.federated(Duration.ofSeconds(40));
    telemetry.found(FINDING);
    telemetry.show(Metric.INVENTORY_AGE, List.of("identities"), () -> 1.5);
    telemetry.show(Metric.LEADER, List.of(), () -> 1);
    telemetry.show(Metric.RESOURCES, List.of("ManagedIdentity", "True"), () -> 7);
    telemetry.show(Metric.GATED_PODS, List.of(), () -> 3);
    telemetry.show(Metric.CREDENTIAL_QUOTA_USED, List.of(), () -> 0.5);
    telemetry.waitedInLane(Duration.ofMillis(20));
    telemetry.answered("/pods", AdmissionMeter.Outcome.PATCHED, Duration.ofMillis(2));
    telemetry.waited(Limit.WRITES, Duration.ofMillis(20));
    telemetry.watchRate("s", Limit.IDENTITY_WRITES, () -> 2.5);

    assertThat(telemetry.scrape())
        .contains(
            "managed_identity_token_exchanges_total{result=\"TokenExchangePending\"} 1",
            "managed_identity_federation_delay_seconds_bucket{le=\"30.0\"} 0",
            "managed_identity_federation_delay_seconds_bucket{le=\"60.0\"} 1")
        .contains("managed_identity_drift_total{kind=\"role-assignment-deleted\"} 1")
        .contains("managed_identity_inventory_age_seconds{kind=\"identities\"} 1.5")
        .contains("managed_identity_resources{ready=\"True\",resource=\"ManagedIdentity\"} 7")
        .contains(
            "managed_identity_admission_duration_seconds_count{outcome=\"patched\",path=\"/pods\"}"
                + " 1")
        .contains("managed_identity_build_info{version=\"1.2.3\"} 1")
        .contains(
            "managed_identity_reconcile_duration_seconds_bucket{outcome=\"settled\",resource=\"ManagedIdentity\",le=\"0.05\"}"
                + " 1")
        .contains(
            "managed_identity_azure_call_duration_seconds_count{operation=\"writeIdentity\",result=\"Throttled\"}"
                + " 1");
  }

  @Test
  void servesWhatTheJvmDoes() {
    assertThat(telemetry.scrape())
        .contains("jvm_memory_used_bytes{", "jvm_threads_live_threads", "process_uptime_seconds")
        .contains("process_cpu_usage", "process_files_open_files");
  }

  private static Metric.Kind kind(MatchResult family) {
    return Metric.Kind.valueOf(family.group(2).toUpperCase(java.util.Locale.ROOT));
  }
}
