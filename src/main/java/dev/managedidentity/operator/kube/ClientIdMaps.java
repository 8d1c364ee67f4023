package dev.managedidentity.operator.kube;

import dev.managedidentity.operator.plan.Problem;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes client ids into the ConfigMap of a service account, where its pods find them. By
 * server-side apply under a field manager for each binding: each has its own keys, and only those
 * are written and removed.
 */
public final class ClientIdMaps {
  /** On every such ConfigMap: the service account. */
  private static final String ACCOUNT = "managedidentity.dev/service-account";

  /** On every such ConfigMap, with the value {@code true}. */
  public static final String LABEL = "managedidentity.dev/client-ids";

  private final KubernetesClient client;

  public ClientIdMaps(KubernetesClient client) {
    this.client = client;
  }

  /** The service account for whose pods a ConfigMap is. */
  public static String account(ConfigMap map) {
    return Objects.requireNonNullElse(
        Objects.requireNonNullElse(map.getMetadata().getAnnotations(), Map.<String, String>of())
            .get(ACCOUNT),
        "");
  }

  /** What a binding has written into a ConfigMap. */
  public static Map<String, String> entries(AccountAnnotations.Target target, ConfigMap map) {
    var data = Objects.requireNonNullElse(map.getData(), Map.<String, String>of());
    return map.getMetadata().getManagedFields().stream()
        .filter(entry -> target.fieldManager().equals(entry.getManager()))
        .map(ManagedFieldsEntry::getFieldsV1)
        .filter(Objects::nonNull)
        .map(fields -> fields.getAdditionalProperties().get("f:data"))
        .filter(Map.class::isInstance)
        .flatMap(fields -> ((Map<?, ?>) fields).keySet().stream())
        .map(key -> key.toString().substring("f:".length()))
        .filter(data::containsKey)
        .collect(Collectors.toMap(key -> key, data::get, (one, _) -> one));
  }

  /** Makes these the binding's entries in the ConfigMap of this name, which goes with it. */
  public Optional<Problem> publish(
      String name, AccountAnnotations.Target target, Map<String, String> entries) {
    try {
      apply(map(name, null, target).addToData(entries).build(), target);
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(problem(name, target, e));
    }
  }

  /** Takes the binding's entries out of the ConfigMap with this uid, and it away if it is empty. */
  public Optional<Problem> withdraw(String name, String uid, AccountAnnotations.Target target) {
    try {
      var left =
          apply(
              map(name, uid, target).editMetadata().withOwnerReferences().endMetadata().build(),
              target);
      if (Objects.requireNonNullElse(left.getData(), Map.of()).isEmpty()) {
        client.resource(left).lockResourceVersion(left.getMetadata().getResourceVersion()).delete();
      }
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return isGone(e) ? Optional.empty() : Optional.of(problem(name, target, e));
    }
  }

  private ConfigMap apply(ConfigMap map, AccountAnnotations.Target target) {
    return client
        .resource(map)
        .fieldManager(target.fieldManager())
        .forceConflicts()
        .serverSideApply();
  }

  /** With a uid the API server never creates it anew. */
  private static ConfigMapBuilder map(
      String name, @Nullable String uid, AccountAnnotations.Target target) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(target.namespace())
        .withName(name)
        .withUid(uid)
        .withLabels(
            Map.of("app.kubernetes.io/managed-by", StatusWriter.FIELD_MANAGER, LABEL, "true"))
        .withAnnotations(Map.of(ACCOUNT, target.name()))
        .withOwnerReferences(List.of(target.owner()))
        .endMetadata();
  }

  /** 404: deleted; 409: made anew, or somebody has written to it, so that it is not empty. */
  private static boolean isGone(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  private static Problem problem(
      String name, AccountAnnotations.Target target, KubernetesClientException e) {
    return ServerReply.problem("ConfigMap " + target.namespace() + "/" + name, e);
  }
}
