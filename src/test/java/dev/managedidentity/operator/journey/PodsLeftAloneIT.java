package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.dev.rig.TrialPod;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods that nobody asked the webhook to touch. */
@UsesControlPlane
@UsesOperator
class PodsLeftAloneIT {

  /** The tests' namespace has the label with which a team opts out. */
  @Test
  void inANamespaceThatOptsOut(Team team) {
    assertUntouched(TrialPod.using(team.kubectl(), team.name()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kube-system", Rig.OPERATOR})
  void inTheClustersAndTheOperatorsOwnNamespace(String namespace, Team team) {
    assertUntouched(TrialPod.using(team.kubectl(), namespace));
  }

  @Test
  void withoutTheLabel(Team team) {
    assertUntouched(TrialPod.labelled(team.kubectl(), "default", Map.of()));
  }

  private static void assertUntouched(Pod pod) {
    assertThat(pod.getSpec().getSchedulingGates()).isEmpty();
    assertThat(pod.getSpec().getContainers().getFirst().getEnv()).isEmpty();
  }
}
