package dev.managedidentity.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownPodTest {
  private static final EnvVar LITERAL =
      new EnvVarBuilder().withName("AZURE_CLIENT_ID").withValue("client-1").build();
  private static final EnvVar REFERENCE =
      new EnvVarBuilder()
          .withName("AZURE_CLIENT_ID")
          .withNewValueFrom()
          .withNewConfigMapKeyRef("AZURE_CLIENT_ID", "azure-identity-api", false)
          .endValueFrom()
          .build();

  @Test
  void startedAsAnotherClientIsStale() {
    assertThat(known(pod(Map.of(), LITERAL)).isStale("client-1")).isFalse();
    assertThat(known(pod(Map.of(), LITERAL)).isStale("client-2")).isTrue();
  }

  @Test
  void whatTheWebhookNotedCountsForAReferenceOnly() {
    var noted = Map.of(PodAdmission.CLIENT_ID, "client-2");

    assertThat(known(pod(noted, REFERENCE)).isStale("client-2")).isFalse();
    assertThat(known(pod(noted, REFERENCE)).isStale("client-1")).isTrue();
    assertThat(known(pod(noted, LITERAL)).isStale("client-2")).isTrue();
  }

  @Test
  void withoutAnySettingsIsStale() {
    assertThat(known(pod(Map.of())).isStale("client-1")).isTrue();
  }

  @Test
  void whatRefersToTheConfigMapStartsWithWhatIsInIt() {
    assertThat(known(pod(Map.of(), REFERENCE)).isStale("client-1")).isFalse();
  }

  @Test
  void whatHasNotBegunOrHasEndedIsNotStale() {
    var gated = pod(Map.of());
    gated.getSpec().setSchedulingGates(List.of(gate()));
    var ended = pod(Map.of());
    ended.getStatus().setPhase("Succeeded");
    var leaving = pod(Map.of());
    leaving.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

    assertThat(List.of(gated, ended, leaving))
        .allSatisfy(pod -> assertThat(known(pod).isStale("client-1")).isFalse());
  }

  @Test
  void nothingThatCountsIsLostInTheCache() {
    var pod = pod(Map.of(PodAdmission.CLIENT_ID, "client-1", PodWish.IDENTITY, "orders"), LITERAL);
    pod.getSpec().setSchedulingGates(List.of(gate()));
    var cache = new TrimmedPods();

    cache.put("shop/web", pod);

    assertThat(cache.get("shop/web"))
        .satisfies(kept -> assertThat(KnownPod.of(kept)).isEqualTo(known(pod)))
        .satisfies(kept -> assertThat(kept.getSpec().getVolumes()).isEmpty());
  }

  private static KnownPod known(Pod pod) {
    return KnownPod.of(pod);
  }

  private static io.fabric8.kubernetes.api.model.PodSchedulingGate gate() {
    return new io.fabric8.kubernetes.api.model.PodSchedulingGate(PodAdmission.GATE);
  }

  private static Pod pod(Map<String, String> annotations, EnvVar... variables) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("web")
        .withUid("pod-1")
        .withLabels(Map.of(PodWish.LABEL, "true", "app", "web"))
        .withAnnotations(annotations)
        .addNewOwnerReference()
        .withKind("ReplicaSet")
        .withName("web-1")
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName("api")
        .addNewVolume()
        .withName("data")
        .endVolume()
        .addNewContainer()
        .withName("main")
        .withEnv(variables)
        .endContainer()
        .endSpec()
        .withNewStatus()
        .withPhase("Running")
        .endStatus()
        .build();
  }
}
