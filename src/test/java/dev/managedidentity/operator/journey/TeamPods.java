package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.pods.PodAdmission;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A team's pods that want an identity. */
record TeamPods(Team team) {
  static final String CLIENT_ID = "AZURE_CLIENT_ID";

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: %s
        namespace: $NAMESPACE
        labels: {azure.workload.identity/use: "true"}
        annotations: %s
      spec:
        serviceAccountName: %s
        containers: [{name: main, image: example.com/orders, env: %s}]
      """;

  void apply(String name, String account) {
    team.apply(POD.formatted(name, "{}", account, "[]"));
  }

  /** One that names the identity that it wants. */
  void applyChoosing(String name, String account, String identity) {
    team.apply(
        POD.formatted(
            name, "{managedidentity.dev/identity: %s}".formatted(identity), account, "[]"));
  }

  /** One that was given a client id by somebody else. */
  void applyWithClientId(String name, String account, String clientId) {
    team.apply(
        POD.formatted(
            name, "{}", account, "[{name: %s, value: %s}]".formatted(CLIENT_ID, clientId)));
  }

  @Nullable Pod find(String name) {
    return team.kubectl().pods().inNamespace(team.name()).withName(name).get();
  }

  Pod get(String name) {
    return Objects.requireNonNull(find(name), name);
  }

  List<Pod> all() {
    return team.kubectl().pods().inNamespace(team.name()).list().getItems();
  }

  void delete(String name) {
    team.kubectl().pods().inNamespace(team.name()).withName(name).delete();
    team.eventually(() -> assertThat(find(name)).isNull());
  }

  /** Waits until a pod is held and an Event says why. */
  void awaitHeld(String name, String reason) {
    team.eventually(
        () -> {
          assertThat(gates(name)).containsExactly(PodAdmission.GATE);
          assertThat(team.events(name))
              .filteredOn(event -> event.getReason().equals("WaitingForIdentity"))
              .extracting(Event::getNote)
              .anySatisfy(note -> assertThat(note).contains(reason));
        });
  }

  /** Waits until a pod may start; says as whom. */
  String awaitFree(String name) {
    team.eventually(() -> assertThat(gates(name)).isEmpty());
    return startedAs(get(name));
  }

  private List<String> gates(String name) {
    return get(name).getSpec().getSchedulingGates().stream()
        .map(PodSchedulingGate::getName)
        .toList();
  }

  static String startedAs(Pod pod) {
    var annotations =
        Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.<String, String>of());
    return Objects.requireNonNullElse(annotations.get(PodAdmission.CLIENT_ID), "");
  }
}
