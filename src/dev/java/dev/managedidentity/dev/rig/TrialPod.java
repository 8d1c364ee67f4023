package dev.managedidentity.dev.rig;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A pod that is admitted and never stored: shows what webhooks make of it. */
public final class TrialPod {
  private static final Map<String, String> USING = Map.of("azure.workload.identity/use", "true");

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private TrialPod() {}

  /** What becomes of one that wants an identity. */
  public static Pod using(KubernetesClient client, String namespace) {
    return labelled(client, namespace, USING);
  }

  /** What becomes of one with these labels. */
  public static Pod labelled(
      KubernetesClient client, String namespace, Map<String, String> labels) {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("trial")
            .withLabels(labels)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("main")
            .withImage("main")
            .endContainer()
            .endSpec()
            .build();
    return client.resource(pod).dryRun().create();
  }

  /** Whether the operator was asked about one. */
  public static boolean isSeen(KubernetesClient client) {
    return !using(client, "default").getSpec().getSchedulingGates().isEmpty();
  }

  /**
   * Returns when the API server asks the operator: it notices a webhook, and whom to trust there, a
   * moment after both are written.
   *
   * @throws IllegalStateException when that takes longer than a minute
   */
  public static void awaitSeen(KubernetesClient client) {
    var deadline = Instant.now().plus(PATIENCE);
    while (!isSeen(client)) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("The API server does not ask the operator's webhook");
      }
    }
  }
}
