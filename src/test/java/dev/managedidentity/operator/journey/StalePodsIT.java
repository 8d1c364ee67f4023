package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.PodsStatus;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Pods that run with settings of the past are counted, named, and restarted where that is asked.
 */
@UsesControlPlane(asksWebhook = true)
@UsesOperator
class StalePodsIT {
  private static final String OTHER = "99999999-9999-9999-9999-999999999999";

  private final Team team;
  private final TeamPods pods;

  StalePodsIT(Team team) {
    this.team = team;
    this.pods = new TeamPods(team);
    team.applyIdentity("orders", "{}");
    team.applyBinding("api", "orders");
    team.awaitReadyBinding("api");
  }

  @Test
  void areCountedAndNamed() {
    pods.applyWithClientId("old", "api", OTHER);
    pods.apply("new", "api");

    awaitCounts(new PodsStatus(2, 0, 1));
    team.eventually(
        () ->
            assertThat(team.events("api"))
                .filteredOn(event -> event.getReason().equals("StalePods"))
                .extracting(Event::getNote)
                .containsExactly(
                    "1 pod(s) run without the settings of this binding: old. Restart them, or set"
                        + " spec.rollout to Restart."));

    pods.delete("old");

    awaitCounts(new PodsStatus(1, 0, 0));
  }

  @Test
  void areLeftRunningUnlessTheBindingSaysOtherwise() {
    deploy();
    bindTo("payments", "Never");

    awaitCounts(new PodsStatus(1, 0, 1));
    assertThat(replicaSets()).hasSize(1);
  }

  @Test
  void areRestartedOnceWhereTheBindingSaysSo() {
    deploy();
    var old = pods.all().getFirst().getMetadata().getName();
    bindTo("payments", "Restart");
    var clientId = team.awaitReadyBinding("api").clientId();

    team.eventually(
        () ->
            assertThat(pods.all())
                .filteredOn(pod -> !pod.getMetadata().getName().equals(old))
                .extracting(TeamPods::startedAs)
                .containsExactly(clientId));
    assertThat(team.events("web")).extracting(Event::getReason).contains("RestartedForIdentity");

    pods.all().stream()
        .filter(pod -> !pod.getMetadata().getName().equals(old))
        .forEach(this::makeReady);

    awaitCounts(new PodsStatus(1, 0, 0));
    assertThat(replicaSets()).hasSize(2);
  }

  private void deploy() {
    team.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: $NAMESPACE}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web, azure.workload.identity/use: "true"}}
            spec: {serviceAccountName: api, containers: [{name: main, image: example.com/web}]}
        """);
    team.eventually(
        () ->
            assertThat(pods.all())
                .extracting(TeamPods::startedAs)
                .containsExactly(team.binding("api").clientId()));
  }

  private void bindTo(String identity, String rollout) {
    team.applyIdentity(identity, "{}");
    team.applyBindingSpec(
        "api",
        "{identityRef: {name: %s}, subject: {serviceAccount: {name: api}}, rollout: %s}"
            .formatted(identity, rollout));
  }

  private void awaitCounts(PodsStatus counts) {
    team.eventually(() -> assertThat(team.binding("api").pods()).isEqualTo(counts));
  }

  private List<ReplicaSet> replicaSets() {
    return team.kubectl().apps().replicaSets().inNamespace(team.name()).list().getItems();
  }

  /** Does the kubelet's part. */
  private void makeReady(Pod pod) {
    team.kubectl()
        .pods()
        .inNamespace(team.name())
        .withName(pod.getMetadata().getName())
        .editStatus(
            now -> {
              now.getStatus().setPhase("Running");
              now.getStatus()
                  .setConditions(
                      List.of(
                          new PodConditionBuilder().withType("Ready").withStatus("True").build()));
              return now;
            });
  }

  @Test
  void anUnrelatedChangeRestartsNothing() {
    deploy();
    team.applyBindingSpec(
        "api",
        "{identityRef: {name: orders}, subject: {serviceAccount: {name: api}}, rollout: Restart}");
    team.awaitReadyBinding("api");
    awaitCounts(new PodsStatus(1, 0, 0));

    assertThat(requireNonNull(deployment()).getSpec().getTemplate().getMetadata().getAnnotations())
        .isNullOrEmpty();
  }

  private Deployment deployment() {
    return team.kubectl().apps().deployments().inNamespace(team.name()).withName("web").get();
  }
}
