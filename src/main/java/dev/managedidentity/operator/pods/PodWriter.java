package dev.managedidentity.operator.pods;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.operator.kube.OwnerReferences;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Changes pods and their workloads: the one in this room that writes. */
final class PodWriter {
  /** On a workload's pod template: the client for whose settings it was restarted. */
  static final String RESTARTED = "managedidentity.dev/restarted-for";

  private final KubernetesClient client;

  /** Workloads that need no further look: many pods of one are stale at once. */
  private final Set<String> restarted = ConcurrentHashMap.newKeySet();

  PodWriter(KubernetesClient client) {
    this.client = client;
  }

  /** Takes the gate off, and notes as whom the pod starts. A pod that is gone is fine. */
  void letGo(Pod pod, Optional<String> clientId) {
    var metadata = pod.getMetadata();
    var patch = patch(metadata.getUid());
    clientId.ifPresent(
        id -> patch.withObject("/metadata/annotations").put(PodAdmission.CLIENT_ID, id));
    patch
        .withObject("/spec")
        .putArray("schedulingGates")
        .addObject()
        .put("$patch", "delete")
        .put("name", PodAdmission.GATE);
    try {
      client.resource(pod).patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch.toString());
    } catch (KubernetesClientException e) {
      if (!isGone(e)) {
        throw e;
      }
    }
  }

  /**
   * Has the pods of a workload started anew, once for each client.
   *
   * @param controller whose pod it is
   * @return what was restarted; empty when there is nothing that can be, or it was done before
   */
  Optional<HasMetadata> restart(String namespace, OwnerReference controller, String clientId) {
    var key = controller.getUid() + " " + clientId;
    if (restarted.contains(key)) {
      return Optional.empty();
    }
    var workload = restartNow(namespace, controller, clientId);
    restarted.add(key);
    return workload;
  }

  private Optional<HasMetadata> restartNow(
      String namespace, OwnerReference controller, String clientId) {
    var apps = client.apps();
    var name = controller.getName();
    return switch (controller.getKind()) {
      case "ReplicaSet" ->
          Optional.ofNullable(apps.replicaSets().inNamespace(namespace).withName(name).get())
              .flatMap(OwnerReferences::controllerOf)
              .filter(owner -> owner.getKind().equals("Deployment"))
              .flatMap(owner -> restartNow(namespace, owner, clientId));
      case "Deployment" ->
          restart(
              apps.deployments().inNamespace(namespace).withName(name),
              found -> found.getSpec().getTemplate(),
              clientId);
      case "StatefulSet" ->
          restart(
              apps.statefulSets().inNamespace(namespace).withName(name),
              found -> found.getSpec().getTemplate(),
              clientId);
      case "DaemonSet" ->
          restart(
              apps.daemonSets().inNamespace(namespace).withName(name),
              found -> found.getSpec().getTemplate(),
              clientId);
      default -> Optional.empty();
    };
  }

  private <W extends HasMetadata> Optional<HasMetadata> restart(
      Resource<W> resource, Function<W, PodTemplateSpec> template, String clientId) {
    var workload = resource.get();
    if (workload == null || clientId.equals(restartedFor(template.apply(workload)))) {
      return Optional.empty();
    }
    var patch = patch(workload.getMetadata().getUid());
    patch.withObject("/spec/template/metadata/annotations").put(RESTARTED, clientId);
    client.resource(workload).patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
    return Optional.of(workload);
  }

  private static String restartedFor(PodTemplateSpec template) {
    var metadata = template.getMetadata();
    return metadata == null || metadata.getAnnotations() == null
        ? ""
        : Objects.requireNonNullElse(metadata.getAnnotations().get(RESTARTED), "");
  }

  /** Another object that has the name by now is not meant. */
  private static ObjectNode patch(String uid) {
    var patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("uid", uid);
    return patch;
  }

  /** 404: deleted; 409: another pod has its name. */
  private static boolean isGone(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }
}
