package dev.managedidentity.operator.pods;

import static dev.managedidentity.operator.kube.ScriptedApiServer.body;
import static dev.managedidentity.operator.kube.ScriptedApiServer.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.managedidentity.operator.kube.ScriptedApiServer;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodWriterTest {
  private static final String POD_PATH = "/api/v1/namespaces/shop/pods/web-1";
  private static final String SETS = "/apis/apps/v1/namespaces/shop/replicasets/web";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/shop/deployments/web";
  private static final Pod POD =
      new PodBuilder()
          .withNewMetadata()
          .withNamespace("shop")
          .withName("web-1")
          .withUid("pod-1")
          .endMetadata()
          .withNewSpec()
          .endSpec()
          .build();

  private final ScriptedApiServer api = new ScriptedApiServer();
  private final PodWriter writer = new PodWriter(api.client());

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void takesOnlyItsOwnGateOffAndOnlyThisVeryPod() {
    api.onPatch(POD_PATH, 200, POD);

    writer.letGo(POD, Optional.of("client-1"));

    var request = api.requests().getFirst();
    assertThat(request.getHeader("Content-Type"))
        .isEqualTo("application/strategic-merge-patch+json");
    assertThat(body(request))
        .hasToString(
            """
            {"metadata":{"uid":"pod-1","annotations":{"managedidentity.dev/client-id":"client-1"}},\
            "spec":{"schedulingGates":[{"$patch":"delete","name":"managedidentity.dev/identity"}]}}\
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 409})
  void aPodThatIsGoneIsFine(int code) {
    api.onPatch(POD_PATH, code, failure(code, "Gone", "gone"));

    writer.letGo(POD, Optional.empty());

    assertThat(api.calls()).containsExactly("PATCH " + POD_PATH);
  }

  @Test
  void aRefusalIsAnError() {
    api.onPatch(POD_PATH, 403, failure(403, "Forbidden", "no"));

    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> writer.letGo(POD, Optional.empty()));
  }

  @Test
  void restartsTheDeploymentOfAReplicaSetOnceForEachClient() {
    api.onGet(SETS, 200, workload("ReplicaSet", "Deployment", ""))
        .onGet(DEPLOYMENTS, 200, workload("Deployment", "", ""))
        .onPatch(DEPLOYMENTS, 200, workload("Deployment", "", ""));

    assertThat(writer.restart("shop", owner("ReplicaSet"), "client-1")).isPresent();
    assertThat(writer.restart("shop", owner("ReplicaSet"), "client-1")).isEmpty();

    assertThat(body(api.requests().getLast()))
        .hasToString(
            """
            {"metadata":{"uid":"uid-1"},"spec":{"template":{"metadata":{"annotations":\
            {"managedidentity.dev/restarted-for":"client-1"}}}}}\
            """);
  }

  @Test
  void doesNotRestartWhatWasRestartedBeforeTheOperatorStarted() {
    api.onGet(DEPLOYMENTS, 200, workload("Deployment", "", "client-1"));

    assertThat(writer.restart("shop", owner("Deployment"), "client-1")).isEmpty();

    assertThat(api.calls()).containsExactly("GET " + DEPLOYMENTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Job", "Rollout"})
  void leavesOtherKindsAlone(String kind) {
    assertThat(writer.restart("shop", owner(kind), "client-1")).isEmpty();
    assertThat(api.calls()).isEmpty();
  }

  private static OwnerReference owner(String kind) {
    return new OwnerReferenceBuilder().withKind(kind).withName("web").withUid("uid-0").build();
  }

  private static String workload(String kind, String owner, String restarted) {
    return """
    {"apiVersion": "apps/v1", "kind": "%s",
     "metadata": {"namespace": "shop", "name": "web", "uid": "uid-1", "ownerReferences": [%s]},
     "spec": {"template": {"metadata": {"annotations": {%s}}}}}
    """
        .formatted(
            kind,
            owner.isEmpty()
                ? ""
                : "{\"kind\": \"%s\", \"name\": \"web\", \"uid\": \"uid-2\", \"controller\": true}"
                    .formatted(owner),
            restarted.isEmpty()
                ? ""
                : "\"managedidentity.dev/restarted-for\": \"%s\"".formatted(restarted));
  }
}
