package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operator's account cannot write, though RBAC alone would let it. */
@UsesControlPlane
@UsesOperator
class WriteFenceIT {
  private static final String TEMPLATE =
      "template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: web}]}}";

  private final Team team;

  WriteFenceIT(Team team) {
    this.team = team;
    team.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: $NAMESPACE, labels: {app: web}}
        spec: {containers: [{name: main, image: web}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: $NAMESPACE}
        spec: {replicas: 0, selector: {matchLabels: {app: web}}, TEMPLATE}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: web, namespace: $NAMESPACE}
        spec: {replicas: 0, serviceName: web, selector: {matchLabels: {app: web}}, TEMPLATE}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: web, namespace: $NAMESPACE}
        spec: {selector: {matchLabels: {app: web}}, TEMPLATE}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: $NAMESPACE}
        data: {colour: blue}
        """
            .replace("TEMPLATE", TEMPLATE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"op\": \"replace\", \"path\": \"/spec/containers/0/image\", \"value\": \"other\"}]",
        "[{\"op\": \"replace\", \"path\": \"/metadata/labels/app\", \"value\": \"other\"}]"
      })
  void whatRunsInAPod(String change) {
    assertFenced(() -> patch(find("v1", "Pod", "web"), change));
  }

  @ParameterizedTest
  @CsvSource({"Deployment", "StatefulSet", "DaemonSet"})
  void whatRunsInAWorkload(String kind) {
    var workload = find("apps/v1", kind, "web");
    var at = "[{\"op\": \"add\", \"path\": \"/spec/template";

    assertFenced(() -> patch(workload, at + "/spec/containers/0/image\", \"value\": \"other\"}]"));
    assertFenced(() -> patch(workload, at + "/metadata/labels/more\", \"value\": \"other\"}]"));
    patch(
        workload,
        "[{\"op\": \"add\", \"path\": \"/spec/template/metadata/annotations\", \"value\": {\"a\":"
            + " \"b\"}}]");
  }

  @Test
  void howManyPodsAWorkloadHas() {
    assertFenced(
        () ->
            patch(
                find("apps/v1", "Deployment", "web"),
                "[{\"op\": \"replace\", \"path\": \"/spec/replicas\", \"value\": 5}]"));
  }

  @Test
  void aConfigMapOfSomebodyElse() {
    var settings = find("v1", "ConfigMap", "settings");
    var other =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(team.name())
            .withName("azure-identity-other")
            .endMetadata()
            .build();

    assertFenced(
        () ->
            patch(
                settings,
                "[{\"op\": \"add\", \"path\": \"/metadata/labels\", \"value\":"
                    + " {\"managedidentity.dev/client-ids\": \"true\"}}]"));
    assertFenced(() -> operator().resource(settings).delete());
    assertFenced(() -> operator().resource(other).create());
  }

  private void patch(HasMetadata resource, String change) {
    operator().resource(resource).patch(PatchContext.of(PatchType.JSON), change);
  }

  private HasMetadata find(String version, String kind, String name) {
    return Objects.requireNonNull(
        team.kubectl()
            .genericKubernetesResources(version, kind)
            .inNamespace(team.name())
            .withName(name)
            .get());
  }

  private KubernetesClient operator() {
    return team.operator().client();
  }

  private static void assertFenced(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    var refused = catchThrowableOfType(KubernetesClientException.class, call);
    assertThat(refused).as("it was done").isNotNull();
    assertThat(refused.getMessage()).contains("managed-identity-operator-writes");
  }
}
