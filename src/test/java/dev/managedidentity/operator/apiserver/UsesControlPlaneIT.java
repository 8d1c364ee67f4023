package dev.managedidentity.operator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.managedidentity.dev.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@UsesControlPlane
@Execution(ExecutionMode.CONCURRENT)
class UsesControlPlaneIT {

  private static final PolicyRule READ_CONFIG_MAPS =
      new PolicyRuleBuilder()
          .withApiGroups("")
          .withResources("configmaps")
          .withVerbs("get", "list")
          .build();

  private final TestNamespace namespace;

  UsesControlPlaneIT(TestNamespace namespace) {
    this.namespace = namespace;
  }

  @Test
  void theConstructorAndTheMethodOfATestShareItsNamespace(
      TestNamespace same, ControlPlane controlPlane) {
    assertThat(same).isSameAs(namespace);
    assertThat(same.name()).startsWith("t-the-constructor-and-the-method");
    assertThat(same.controlPlane()).isSameAs(controlPlane);
    assertThat(same.admin().namespaces().withName(same.name()).get()).isNotNull();
  }

  @Test
  void aUserHasItsRulesInItsNamespaceAndNoOtherRight() {
    var client = namespace.user("reader").withRules(List.of(READ_CONFIG_MAPS)).client();

    assertThat(client.configMaps().inNamespace(namespace.name()).list().getItems()).isNotNull();
    assertThatThrownBy(() -> client.configMaps().inNamespace("default").list())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("forbidden");
    assertThatThrownBy(() -> client.secrets().inNamespace(namespace.name()).list())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("forbidden");
  }

  @Test
  void aClusterRoleIsGivenInTheNamespaceOrEverywhere() {
    var here = namespace.user("here").withClusterRoleInNamespace("view").client();
    var everywhere = namespace.user("everywhere").withClusterRole("view").client();

    assertThat(everywhere.configMaps().inNamespace("kube-system").list().getItems()).isNotNull();
    assertThat(here.configMaps().list().getItems()).isNotNull();
    assertThatThrownBy(() -> here.configMaps().inNamespace("kube-system").list())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("forbidden");
  }

  @Test
  void anotherProcessCanActAsAUser() {
    var user = namespace.user("reader").withRules(List.of(READ_CONFIG_MAPS));
    var config = Config.fromKubeconfig(user.kubeconfig().toFile());
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThat(client.configMaps().list().getItems()).isNotNull();
    }
  }

  @Test
  void aClosedNamespaceIsDeletedWithItsClusterWideBindings(ControlPlane controlPlane) {
    var closed = TestNamespace.create(controlPlane, "closedSoon", Map.of());
    closed.user("reader").withClusterRole("view");

    closed.close();

    var left = controlPlane.admin().namespaces().withName(closed.name()).get();
    assertThat(left == null || left.isMarkedForDeletion()).isTrue();
    assertThat(controlPlane.admin().rbac().clusterRoleBindings().list().getItems())
        .noneMatch(binding -> binding.getMetadata().getName().startsWith(closed.name()));
  }
}
