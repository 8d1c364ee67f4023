package dev.managedidentity.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.WorkloadRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadKindTest {
  private static final String SPEC =
      """
      {"template": {"spec": {"serviceAccountName": "orders", "containers": [{"name": "main"}]}}}
      """;

  @ParameterizedTest
  @MethodSource("kinds")
  void readsWhatCounts(WorkloadKind<?> kind) {
    assertThat(read(kind, SPEC))
        .isEqualTo(
            new Workload(
                "shop",
                new WorkloadRef(kind.apiVersion(), kind.kind(), "web"),
                "uid-1",
                "orders",
                new WorkloadRef("example.com/v1", "Fleet", "fleet"),
                true,
                true,
                false));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void podsThatNameNoServiceAccountRunAsTheDefaultOne(WorkloadKind<?> kind) {
    assertThat(read(kind, "{\"template\": {\"spec\": {}}}").serviceAccount()).isEqualTo("default");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aStoreGivesBackAllThatCountsAndNothingElse(WorkloadKind<?> kind) {
    assertKept(kind);
  }

  private static <W extends HasMetadata> void assertKept(WorkloadKind<W> kind) {
    var store = new WorkloadStore<>(kind);
    var object = object(kind, SPEC);

    assertThat(store.put("shop/web", object)).isNull();

    assertThat(store.getKey(object)).isEqualTo("shop/web");
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.keySet()).containsExactly("shop/web");
    assertThat(store.values()).hasSize(1);
    assertThat(store.get("shop/web"))
        .isNotNull()
        .satisfies(kept -> assertThat(kind.read(kept)).isEqualTo(kind.read(object)))
        .satisfies(kept -> assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("7"))
        .satisfies(
            kept ->
                assertThat(Serialization.asJson(kept))
                    .doesNotContain("containers", "last-applied", "labels"));
    assertThat(store.put("shop/web", object)).isNotNull();
    assertThat(store.remove("shop/web")).isNotNull();
    assertThat(store.get("shop/web")).isNull();
  }

  @Test
  void aJobIsFinishedWhenItIsCompleteOrHasFailed() {
    for (var last : List.of("Complete", "Failed")) {
      var job = job(last, "True");
      var store = new WorkloadStore<>(WorkloadKind.JOB);
      store.put("shop/web", job);

      assertThat(WorkloadKind.JOB.read(job).isFinished()).isTrue();
      assertThat(store.get("shop/web"))
          .isNotNull()
          .satisfies(kept -> assertThat(WorkloadKind.JOB.read(kept).isFinished()).isTrue());
    }
    assertThat(WorkloadKind.JOB.read(job("Suspended", "True")).isFinished()).isFalse();
    assertThat(WorkloadKind.JOB.read(job("Complete", "False")).isFinished()).isFalse();
  }

  private static Job job(String condition, String status) {
    var job = object(WorkloadKind.JOB, SPEC);
    job.setStatus(
        Serialization.unmarshal(
                "{\"status\": {\"conditions\": [{\"type\": \"%s\", \"status\": \"%s\"}]}}"
                    .formatted(condition, status),
                Job.class)
            .getStatus());
    return job;
  }

  private static <W extends HasMetadata> Workload read(WorkloadKind<W> kind, String spec) {
    return kind.read(object(kind, spec));
  }

  private static <W extends HasMetadata> W object(WorkloadKind<W> kind, String spec) {
    return Serialization.unmarshal(
        """
        {"metadata": {"namespace": "shop", "name": "web", "uid": "uid-1", "resourceVersion": "7",
          "deletionTimestamp": "2026-11-22T10:00:00Z",
          "labels": {"app": "web"},
          "annotations": {"managedidentity.dev/system-assigned": "true",
            "kubectl.kubernetes.io/last-applied-configuration": "long"},
          "ownerReferences": [
            {"apiVersion": "v1", "kind": "ConfigMap", "name": "other", "uid": "uid-2"},
            {"apiVersion": "example.com/v1", "kind": "Fleet", "name": "fleet", "uid": "uid-3",
             "controller": true}]},
         "spec": %s}
        """
            .formatted(
                kind.equals(WorkloadKind.CRON_JOB)
                    ? "{\"jobTemplate\": {\"spec\": " + spec + "}}"
                    : spec),
        kind.type());
  }

  static List<WorkloadKind<?>> kinds() {
    return WorkloadKind.ALL;
  }
}
