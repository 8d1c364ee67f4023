package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.rig.Kubelet;
import dev.managedidentity.dev.rig.Kubelet.StartedContainer;
import dev.managedidentity.dev.rig.PodProgram;
import dev.managedidentity.dev.rig.ResourceManager;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything is applied in one go; whatever comes first, the pod starts and signs in. */
@UsesControlPlane(asksWebhook = true)
@UsesOperator
class AnyOrderIT {
  private static final Map<String, String> PARTS =
      Map.of(
          "identity",
          """
          apiVersion: managedidentity.dev/v1alpha1
          kind: ManagedIdentity
          metadata: {name: orders, namespace: $NAMESPACE}
          spec:
            roleAssignments:
              - role: Reader
                scope: /subscriptions/$SUBSCRIPTION/resourceGroups/platform
          """,
          "binding",
          """
          apiVersion: managedidentity.dev/v1alpha1
          kind: IdentityBinding
          metadata: {name: orders-api, namespace: $NAMESPACE}
          spec:
            identityRef: {name: orders}
            subject: {serviceAccount: {name: orders-api}}
          """,
          "account",
          """
          apiVersion: v1
          kind: ServiceAccount
          metadata: {name: orders-api, namespace: $NAMESPACE}
          """,
          "deployment",
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: orders-api, namespace: $NAMESPACE}
          spec:
            selector: {matchLabels: {app: orders-api}}
            template:
              metadata: {labels: {app: orders-api, azure.workload.identity/use: "true"}}
              spec:
                serviceAccountName: orders-api
                initContainers: [{name: migrate, image: example.com/orders}]
                containers: [{name: main, image: example.com/orders}]
          """);

  private final Team team;
  @TempDir private Path folder = Path.of("");

  AnyOrderIT(Team team) {
    this.team = team;
  }

  static Stream<List<String>> orders() {
    return orders(List.of(), List.of("identity", "binding", "account", "deployment"));
  }

  private static Stream<List<String>> orders(List<String> begun, List<String> left) {
    return left.isEmpty()
        ? Stream.of(begun)
        : left.stream()
            .flatMap(
                next -> {
                  var longer = new ArrayList<>(begun);
                  longer.add(next);
                  return orders(
                      longer, left.stream().filter(other -> !other.equals(next)).toList());
                });
  }

  @ParameterizedTest
  @MethodSource("orders")
  void thePodSignsIn(List<String> order) {
    order.forEach(part -> team.apply(requireNonNull(PARTS.get(part))));

    var pod = awaitFreePod();

    var kubelet = new Kubelet(team.kubectl(), folder);
    var main = kubelet.start(pod, pod.getSpec().getContainers().getFirst());
    var migrate = kubelet.start(pod, pod.getSpec().getInitContainers().getFirst());
    assertThat(main.environment())
        .containsEntry("AZURE_CLIENT_ID", team.identity("orders").clientId())
        .isEqualTo(migrate.environment());
    assertThat(readGroup(main)).isEqualTo(200);
  }

  private int readGroup(StartedContainer container) {
    var token = new PodProgram(container, team.azure()).signIn();
    return new ResourceManager(team.azure(), token).readGroup("platform").status();
  }

  private Pod awaitFreePod() {
    team.eventually(
        () ->
            assertThat(pods())
                .singleElement()
                .satisfies(pod -> assertThat(pod.getSpec().getSchedulingGates()).isEmpty()));
    return pods().getFirst();
  }

  private List<Pod> pods() {
    return team.kubectl().pods().inNamespace(team.name()).list().getItems();
  }
}
