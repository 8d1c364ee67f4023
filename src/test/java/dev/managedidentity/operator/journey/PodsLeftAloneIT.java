package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods that nobody asked the webhook to touch. */
@UsesControlPlane
@UsesOperator
class PodsLeftAloneIT {
  private static final Map<String, String> USING = Map.of("azure.workload.identity/use", "true");

  /** The tests' namespace has the label with which a team opts out. */
  @Test
  void inANamespaceThatOptsOut(Team team) {
    assertUntouched(team, pod(team.name(), USING));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kube-system", Rig.OPERATOR})
  void inTheClustersAndTheOperatorsOwnNamespace(String namespace, Team team) {
    assertUntouched(team, pod(namespace, USING));
  }

  @Test
  void withoutTheLabel(Team team) {
    assertUntouched(team, pod("default", Map.of()));
  }

  /** A trial: nothing is stored. */
  private static void assertUntouched(Team team, Pod pod) {
    var admitted = team.kubectl().resource(pod).dryRun().create();

    assertThat(admitted.getSpec().getSchedulingGates()).isEmpty();
    assertThat(admitted.getSpec().getContainers().getFirst().getEnv()).isEmpty();
  }

  private static Pod pod(String namespace, Map<String, String> labels) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("left-alone")
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("main")
        .endContainer()
        .endSpec()
        .build();
  }
}
