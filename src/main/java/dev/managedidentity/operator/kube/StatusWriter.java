package dev.managedidentity.operator.kube;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place that writes a status of one kind, and that knows the newest one.
 *
 * <p>It does not go through the operator SDK's own status update: that one puts its reply into the
 * cache in front of the informer and then drops the event of a spec edit that arrived just before
 * (seen with SDK 5.3.2). Here the status alone is remembered until the informer has caught up, so a
 * pass reads its own writes and always sees the spec as the informer does.
 */
public final class StatusWriter<S, R extends CustomResource<?, S>> {
  /** Name under which the API server books the operator's fields. */
  public static final String FIELD_MANAGER = "managed-identity-operator";

  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

  private static final Pattern OF_UID = Pattern.compile("\\buid\\b", Pattern.CASE_INSENSITIVE);

  private final KubernetesClient client;
  private final Supplier<R> empty;
  private final Map<String, Written<S>> ahead = new ConcurrentHashMap<>();

  private record Written<S>(long version, @Nullable S status) {}

  public StatusWriter(KubernetesClient client, Supplier<R> empty) {
    this.client = client;
    this.empty = empty;
  }

  /** The newest known status of a resource that comes from a cache; null before the first. */
  public @Nullable S latest(R cached) {
    var written = ahead.get(cached.getMetadata().getUid());
    return written != null && version(cached) < written.version()
        ? written.status()
        : cached.getStatus();
  }

  /**
   * Whether an update of the cache means more than a status, which only this writer changes.
   *
   * <p>What the cache has seen is not forgotten, for a pass may have read the cache just before;
   * but from now on it is the cache's own copy that is remembered, which costs no memory.
   */
  public boolean isMoreThanStatus(R now, R before) {
    ahead.computeIfPresent(
        now.getMetadata().getUid(),
        (uid, written) ->
            version(now) < written.version()
                ? written
                : new Written<>(version(now), now.getStatus()));
    var metadata = now.getMetadata();
    var was = before.getMetadata();
    return !Objects.equals(metadata.getGeneration(), was.getGeneration())
        || !Objects.equals(metadata.getDeletionTimestamp(), was.getDeletionTimestamp())
        || !Objects.equals(metadata.getFinalizers(), was.getFinalizers())
        || !Objects.equals(metadata.getAnnotations(), was.getAnnotations())
        || !Objects.equals(metadata.getLabels(), was.getLabels());
  }

  /** Takes note that the resource is gone. */
  public void forget(R resource) {
    ahead.remove(resource.getMetadata().getUid());
  }

  /**
   * Makes the status of the resource {@code next}; no call when it is that already. A resource that
   * is gone, or was replaced by another of the same name, is left alone.
   *
   * @return whether the status is saved: what may follow only then must not follow else
   */
  public boolean write(R resource, S next) {
    if (next.equals(latest(resource))) {
      return true;
    }
    var metadata = resource.getMetadata();
    var patch = empty.get();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .build());
    patch.setStatus(next);
    try {
      var reply =
          client
              .resource(patch)
              .subresource("status")
              .patch(
                  new PatchContext.Builder()
                      .withPatchType(PatchType.SERVER_SIDE_APPLY)
                      .withFieldManager(FIELD_MANAGER)
                      .withForce(true)
                      .build());
      ahead.put(metadata.getUid(), new Written<>(version(reply), next));
      return true;
    } catch (KubernetesClientException e) {
      if (!isGone(e)) {
        throw e;
      }
      LOG.debug("{} {} is gone: its status is not written", patch.getKind(), metadata.getName());
      return false;
    }
  }

  /** 404: deleted; 409 about the uid: created again. Any other 409 is to be tried again. */
  private static boolean isGone(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || (e.getCode() == HttpURLConnection.HTTP_CONFLICT && OF_UID.matcher(said(e)).find());
  }

  private static String said(KubernetesClientException e) {
    return String.valueOf(e.getStatus() == null ? null : e.getStatus().getMessage());
  }

  /** Versions of one resource grow and may be compared as numbers (Kubernetes KEP-5504). */
  private static long version(CustomResource<?, ?> resource) {
    return Long.parseLong(resource.getMetadata().getResourceVersion());
  }
}
