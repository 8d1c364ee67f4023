package dev.managedidentity.operator.kube;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Deletes an object only if it is the very one that was seen, never one made in its place. */
public final class ExactDeletion {
  private final KubernetesClient client;

  public ExactDeletion(KubernetesClient client) {
    this.client = client;
  }

  /** Deletes the object of this name and uid; that it is gone already is fine. */
  public void delete(Class<? extends HasMetadata> type, String namespace, String name, String uid) {
    var path =
        "/apis/%s/namespaces/%s/%s/%s"
            .formatted(
                HasMetadata.getApiVersion(type), namespace, HasMetadata.getPlural(type), name);
    var options =
        new DeleteOptionsBuilder().withNewPreconditions().withUid(uid).endPreconditions().build();
    try {
      // the client's own delete can demand a resourceVersion, but no uid
      client.raw(path, "DELETE", options);
    } catch (KubernetesClientException e) {
      if (!isGone(e)) {
        throw e;
      }
    }
  }

  /** 404: deleted; 409: another one has its name. */
  private static boolean isGone(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }
}
