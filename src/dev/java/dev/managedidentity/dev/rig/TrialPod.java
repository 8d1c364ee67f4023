package dev.managedidentity.dev.rig;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** Pods with which webhooks are tried; most are admitted and never stored. */
public final class TrialPod {
  private static final Map<String, String> USING = Map.of("azure.workload.identity/use", "true");

  private TrialPod() {}

  /** What becomes of one that wants an identity. */
  public static Pod using(KubernetesClient client, String namespace) {
    return labelled(client, namespace, USING);
  }

  /** What becomes of one with these labels. */
  public static Pod labelled(
      KubernetesClient client, String namespace, Map<String, String> labels) {
    var pod = pod(namespace, "trial").editMetadata().withLabels(labels).endMetadata().build();
    return client.resource(pod).dryRun().create();
  }

  /** A pod to be stored that wants an identity, that of this service account. */
  public static Pod of(String namespace, String name, String account) {
    return pod(namespace, name)
        .editMetadata()
        .withLabels(USING)
        .endMetadata()
        .editSpec()
        .withServiceAccountName(account)
        .endSpec()
        .build();
  }

  /** Fits the strictest standard, which the operator's own namespace enforces. */
  private static PodBuilder pod(String namespace, String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .addNewContainer()
        .withName("main")
        .withImage("main")
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withNewCapabilities()
        .addToDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .endContainer()
        .endSpec();
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
    Patience.await(() -> isSeen(client), "The API server does not ask the operator's webhook");
  }
}
