package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.WorkloadRef;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import dev.managedidentity.operator.kube.EventRecorder;
import dev.managedidentity.operator.kube.Manner;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.workload.Change;
import dev.managedidentity.operator.workload.Lookup;
import dev.managedidentity.operator.workload.Workload;
import dev.managedidentity.operator.workload.WorkloadControllers;
import dev.managedidentity.operator.workload.Workloads;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What is known of the workloads of a real cluster, under the operator's own rights. */
@UsesControlPlane
@UsesOperator
class WorkloadsIT {
  private static final WorkloadRef WEB = new WorkloadRef("apps/v1", "Deployment", "web");

  private final Queue<Change> changes = new ConcurrentLinkedQueue<>();

  @Test
  void knowsEveryWorkloadAndTellsOfEveryChangeThatCounts(Team team) {
    applyDeployment(team, "web", "orders", 0);
    var operator = operator(team);
    var workloads = new Workloads(team.operator().client());
    workloads.subscribe(changes::add);
    try {
      register(team, operator, workloads);
      operator.start();
      assertThat(changes).contains(new Change.Filled());
      assertThat(found(workloads, team).serviceAccount()).isEqualTo("orders");

      applyDeployment(team, "worker", "orders", 0);
      awaitChange(team, "worker", Set.of("orders"));
      assertThat(workloads.sharers(team.name(), "orders", WEB))
          .containsExactly("Deployment worker");
      var first = changesOf(team, "web"); // what was there at the start may be told of, or not

      applyDeployment(team, "web", "orders", 1); // does not count
      applyDeployment(team, "web", "payments", 1);
      awaitChange(team, "web", Set.of("orders", "payments"));
      assertThat(found(workloads, team).serviceAccount()).isEqualTo("payments");
      assertThat(workloads.sharers(team.name(), "payments", WEB)).isEmpty();

      team.kubectl().apps().deployments().inNamespace(team.name()).withName("web").delete();
      awaitChange(team, "web", Set.of("payments"));
      assertThat(workloads.find(team.name(), WEB)).isInstanceOf(Lookup.Missing.class);
      assertThat(changesOf(team, "web")).isEqualTo(first + 2);
    } finally {
      operator.stop();
    }
  }

  @Test
  void saysWhichRightItLacksForAnotherKind(Team team) {
    var operator = operator(team);
    var workloads = new Workloads(team.operator().client());
    try {
      register(team, operator, workloads);
      operator.start();

      assertThat(problem(workloads, team, new WorkloadRef("apps/v1", "ControllerRevision", "web")))
          .isInstanceOf(Problem.Denied.class)
          .satisfies(
              problem ->
                  assertThat(problem.detail())
                      .contains(
                          "{apiGroups: [\"apps\"], resources: [controllerrevisions], verbs:"
                              + " [get]}"));
      assertThat(problem(workloads, team, new WorkloadRef("example.com/v1", "Fleet", "web")))
          .isEqualTo(
              new Problem.Waiting(
                  Reason.WORKLOAD_NOT_FOUND, "This cluster has no kind Fleet of example.com/v1."));
    } finally {
      operator.stop();
    }
  }

  private static Operator operator(Team team) {
    return new Operator(
        overrider ->
            overrider.withKubernetesClient(team.operator().client()).withCloseClientOnStop(false));
  }

  /** Beside the operator of the whole run, as another replica would be. */
  private static void register(Team team, Operator operator, Workloads workloads) {
    var events = new EventRecorder(team.operator().client(), "second");
    new WorkloadControllers(operator, workloads, events, Clock.systemUTC())
        .register(new Manner(List.of(), GenericRetry.every10second10TimesRetry()));
  }

  private static Workload found(Workloads workloads, Team team) {
    return switch (workloads.find(team.name(), WEB)) {
      case Lookup.Found(Workload workload) -> workload;
      case Lookup.Missing(Problem problem) -> throw new AssertionError(problem);
    };
  }

  private static Problem problem(Workloads workloads, Team team, WorkloadRef ref) {
    return switch (workloads.find(team.name(), ref)) {
      case Lookup.Found found -> throw new AssertionError(found);
      case Lookup.Missing(Problem problem) -> problem;
    };
  }

  private void awaitChange(Team team, String name, Set<String> accounts) {
    var change =
        new Change.Of(team.name(), new WorkloadRef("apps/v1", "Deployment", name), accounts);
    team.eventually(() -> assertThat(changes).contains(change));
  }

  private long changesOf(Team team, String name) {
    return changes.stream()
        .filter(Change.Of.class::isInstance)
        .map(Change.Of.class::cast)
        .filter(change -> change.namespace().equals(team.name()))
        .filter(change -> change.ref().name().equals(name))
        .count();
  }

  private static void applyDeployment(Team team, String name, String account, int replicas) {
    team.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %s, namespace: $NAMESPACE}
        spec:
          replicas: %d
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {serviceAccountName: %s, containers: [{name: main, image: example.com/web}]}
        """
            .formatted(name, replicas, account));
  }
}
