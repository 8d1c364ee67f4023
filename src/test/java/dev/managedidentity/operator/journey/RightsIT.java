package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the operator's own service account must not be able to do; of tokens: TokenFenceIT. */
@UsesControlPlane
@UsesOperator
class RightsIT {
  @Test
  void theOperatorCannotReadSecrets(Team team) {
    team.kubectl()
        .resource(new SecretBuilder().withNewMetadata().withName("key").endMetadata().build())
        .create();
    var secrets = operator(team).secrets();

    assertForbidden(() -> secrets.inNamespace(team.name()).withName("key").get());
    assertForbidden(() -> secrets.inNamespace(team.name()).list());
    assertForbidden(() -> secrets.inAnyNamespace().list());
  }

  @Test
  void theOperatorCannotCreatePods(Team team) {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("pod")
            .withNamespace(team.name())
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("main")
            .withImage("main")
            .endContainer()
            .endSpec()
            .build();

    assertForbidden(() -> operator(team).resource(pod).create());
  }

  @Test
  void theOperatorCannotChangeItsOwnRights(Team team) {
    assertForbidden(() -> operator(team).rbac().clusterRoles().list());
    assertForbidden(
        () ->
            operator(team).serviceAccounts().inNamespace(team.name()).withName("default").delete());
  }

  private static KubernetesClient operator(Team team) {
    return team.operator().client();
  }

  private static void assertForbidden(ThrowingCallable call) {
    assertThat(catchThrowableOfType(KubernetesClientException.class, call).getCode())
        .isEqualTo(403);
  }
}
