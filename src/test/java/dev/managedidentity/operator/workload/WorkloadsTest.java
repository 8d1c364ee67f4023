package dev.managedidentity.operator.workload;

import static dev.managedidentity.operator.workload.Samples.finished;
import static dev.managedidentity.operator.workload.Samples.ref;
import static dev.managedidentity.operator.workload.Samples.workload;
import static dev.managedidentity.operator.workload.WorkloadKind.CRON_JOB;
import static dev.managedidentity.operator.workload.WorkloadKind.DEPLOYMENT;
import static dev.managedidentity.operator.workload.WorkloadKind.JOB;
import static dev.managedidentity.operator.workload.WorkloadKind.STATEFUL_SET;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.WorkloadRef;
import dev.managedidentity.operator.kube.ScriptedApiServer;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.workload.Samples.FakeCache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
  private static final WorkloadRef WEB = ref(DEPLOYMENT, "web");

  private final ScriptedApiServer api = new ScriptedApiServer();
  private final Workloads workloads = new Workloads(api.client());
  private final Map<WorkloadKind<?>, FakeCache> caches = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void findsWhatACacheHolds() {
    var web = workload(DEPLOYMENT, "web", "orders");
    given(DEPLOYMENT, web).fill();

    assertThat(workloads.find("shop", WEB)).isEqualTo(new Lookup.Found(web));
    assertThat(api.calls()).isEmpty();
  }

  @Test
  void waitsForWhatNoCacheHolds() {
    given(STATEFUL_SET, workload(STATEFUL_SET, "web", "orders")).fill();

    assertThat(workloads.find("shop", WEB))
        .isEqualTo(missing("There is no Deployment web in namespace shop."));
    assertThat(workloads.find("other", ref(STATEFUL_SET, "web")))
        .isEqualTo(missing("There is no StatefulSet web in namespace other."));
  }

  @Test
  void knowsNothingBeforeEveryCacheIsFilled() {
    workloads.subscribe(changes::add);
    given(DEPLOYMENT, workload(DEPLOYMENT, "web", "orders"));
    for (var kind : WorkloadKind.ALL) {
      assertThat(changes).isEmpty();
      assertThat(workloads.find("shop", WEB))
          .isEqualTo(
              missing("Deployment web has not been looked for yet: the operator is starting."));
      workloads.changed(null, workload(DEPLOYMENT, "early", "orders"));
      workloads.add(kind, caches.computeIfAbsent(kind, key -> new FakeCache()));
    }

    assertThat(changes).containsExactly(new Change.Filled());
    assertThat(workloads.find("shop", WEB)).isInstanceOf(Lookup.Found.class);
  }

  @Test
  void namesWhoSharesTheServiceAccount() {
    given(DEPLOYMENT, workload(DEPLOYMENT, "web", "orders"))
        .given(DEPLOYMENT, workload(DEPLOYMENT, "worker", "orders"))
        .given(DEPLOYMENT, workload(DEPLOYMENT, "else", "payments"))
        .given(STATEFUL_SET, workload(STATEFUL_SET, "web", "orders"))
        .given(CRON_JOB, workload(CRON_JOB, "backup", "orders"))
        .fill();

    assertThat(workloads.sharers("shop", "orders", WEB))
        .containsExactly("CronJob backup", "Deployment worker", "StatefulSet web");
    assertThat(workloads.sharers("shop", "payments", ref(DEPLOYMENT, "else"))).isEmpty();
    assertThat(workloads.sharers("other", "orders", WEB)).isEmpty();
  }

  @Test
  void whatAWorkloadMadeIsNotSomebodyElse() {
    var backup = ref(CRON_JOB, "backup");
    var rollout = new WorkloadRef("example.com/v1", "Fleet", "web");
    given(CRON_JOB, workload(CRON_JOB, "backup", "orders", rollout))
        .given(JOB, workload(JOB, "backup-1", "orders", backup))
        .fill();

    assertThat(workloads.sharers("shop", "orders", backup)).isEmpty();
    assertThat(
            workloads.sharers("shop", "orders", new WorkloadRef("example.com/v2", "Fleet", "web")))
        .as("directly or not, whichever version of the maker is named")
        .isEmpty();
    assertThat(workloads.sharers("shop", "orders", ref(JOB, "backup-1")))
        .containsExactly("CronJob backup");
  }

  @Test
  void whatSomebodyElseMadeIsNotNamedBesideItsMaker() {
    given(CRON_JOB, workload(CRON_JOB, "backup", "orders"))
        .given(JOB, workload(JOB, "backup-1", "orders", ref(CRON_JOB, "backup")))
        .given(JOB, workload(JOB, "stray-1", "orders", ref(CRON_JOB, "stray")))
        .fill();

    assertThat(workloads.sharers("shop", "orders", WEB))
        .containsExactly("CronJob backup", "Job stray-1");
  }

  @Test
  void aJobThatHasFinishedUsesNothingAnyMore() {
    given(JOB, finished(workload(JOB, "migrate", "orders"))).fill();

    assertThat(workloads.sharers("shop", "orders", WEB)).isEmpty();
    assertThat(workloads.find("shop", ref(JOB, "migrate"))).isInstanceOf(Lookup.Found.class);
  }

  @Test
  void ownersInACircleEndTheSearch() {
    given(DEPLOYMENT, workload(DEPLOYMENT, "a", "orders", ref(DEPLOYMENT, "b")))
        .given(DEPLOYMENT, workload(DEPLOYMENT, "b", "orders", ref(DEPLOYMENT, "a")))
        .given(DEPLOYMENT, workload(DEPLOYMENT, "c", "orders"))
        .fill();

    assertThat(workloads.sharers("shop", "orders", WEB)).containsExactly("Deployment c");
  }

  @Test
  void tellsWhatAppearsChangesItsAccountOrGoes() {
    fill();
    workloads.subscribe(changes::add);
    var before = workload(DEPLOYMENT, "web", "default");
    var now = workload(DEPLOYMENT, "web", "orders");

    workloads.changed(null, before);
    workloads.changed(before, before);
    workloads.changed(before, now);
    workloads.changed(now, null);

    assertThat(changes)
        .containsExactly(
            new Change.Of("shop", WEB, Set.of("default")),
            new Change.Of("shop", WEB, Set.of("default", "orders")),
            new Change.Of("shop", WEB, Set.of("orders")));
  }

  private WorkloadsTest given(WorkloadKind<?> kind, Workload workload) {
    requireNonNull(caches.computeIfAbsent(kind, key -> new FakeCache())).with(workload);
    return this;
  }

  private void fill() {
    WorkloadKind.ALL.forEach(
        kind -> workloads.add(kind, caches.computeIfAbsent(kind, key -> new FakeCache())));
  }

  private static Lookup missing(String detail) {
    return new Lookup.Missing(new Problem.Waiting(Reason.WORKLOAD_NOT_FOUND, detail));
  }
}
