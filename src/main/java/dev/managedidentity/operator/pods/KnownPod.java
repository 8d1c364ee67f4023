package dev.managedidentity.operator.pods;

import dev.managedidentity.operator.kube.OwnerReferences;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a pod in the cluster tells of its identity.
 *
 * @param wish what it wants
 * @param isGated whether the operator keeps it from being scheduled
 * @param isOver whether it has ended or is being deleted
 * @param client as whom it was started
 * @param controller whose pod it is
 */
public record KnownPod(
    String name,
    PodWish wish,
    boolean isGated,
    boolean isOver,
    Client client,
    Optional<OwnerReference> controller) {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /** As whom a pod was started. */
  public sealed interface Client {
    /** As the client with this id. */
    record Known(String id) implements Client {}

    /** As whoever stood in the ConfigMap when it started. */
    record Referred() implements Client {}

    /** It has no settings to sign in with. */
    record None() implements Client {}
  }

  /** What a pod says. */
  public static KnownPod of(Pod pod) {
    var metadata = pod.getMetadata();
    var annotations =
        Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of());
    return new KnownPod(
        metadata.getName(),
        PodWish.of(
            metadata.getNamespace(),
            Objects.requireNonNullElse(metadata.getLabels(), Map.of()),
            annotations,
            Objects.requireNonNullElse(pod.getSpec().getServiceAccountName(), "")),
        pod.getSpec().getSchedulingGates().stream()
            .anyMatch(gate -> PodAdmission.GATE.equals(gate.getName())),
        metadata.getDeletionTimestamp() != null
            || (pod.getStatus() != null
                && pod.getStatus().getPhase() != null
                && ENDED.contains(pod.getStatus().getPhase())),
        client(pod, annotations),
        OwnerReferences.controllerOf(pod));
  }

  /** A literal is azure-workload-identity's, or the user's. */
  private static Client client(Pod pod, Map<String, String> annotations) {
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getEnv().stream())
        .filter(variable -> ClientIds.KEY.equals(variable.getName()))
        .findFirst()
        .map(variable -> client(variable, annotations))
        .orElseGet(Client.None::new);
  }

  /** What the ConfigMap had for a reference when the pod started, the webhook has noted. */
  private static Client client(EnvVar variable, Map<String, String> annotations) {
    if (variable.getValueFrom() == null) {
      return new Client.Known(Objects.requireNonNullElse(variable.getValue(), ""));
    }
    var noted = annotations.get(PodAdmission.CLIENT_ID);
    return noted == null ? new Client.Referred() : new Client.Known(noted);
  }

  /** Whether it runs, but not as this client. */
  public boolean isStale(String clientId) {
    return !isGated
        && !isOver
        && switch (client) {
          case Client.Known(var id) -> !id.equals(clientId);
          case Client.Referred _ -> false;
          case Client.None _ -> true;
        };
  }
}
