package dev.managedidentity.operator.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an informer remembers of each pod: what this room asks of it, not the whole object. */
final class TrimmedPods implements ItemStore<Pod> {
  private static final Set<String> ANNOTATIONS = Set.of(PodWish.IDENTITY, PodAdmission.CLIENT_ID);

  private final Map<String, Pod> kept = new ConcurrentHashMap<>();

  /** The pod without what nobody here asks for. */
  static Pod trimmed(Pod pod) {
    var spec = pod.getSpec();
    return new PodBuilder()
        .withMetadata(metadata(pod.getMetadata()))
        .withNewSpec()
        .withServiceAccountName(spec.getServiceAccountName())
        .withSchedulingGates(spec.getSchedulingGates())
        .withContainers(spec.getContainers().stream().map(TrimmedPods::trimmed).toList())
        .endSpec()
        .withNewStatus()
        .withPhase(pod.getStatus() == null ? null : pod.getStatus().getPhase())
        .endStatus()
        .build();
  }

  private static ObjectMeta metadata(ObjectMeta all) {
    var metadata = new ObjectMeta();
    metadata.setNamespace(all.getNamespace());
    metadata.setName(all.getName());
    metadata.setUid(all.getUid());
    metadata.setResourceVersion(all.getResourceVersion());
    metadata.setDeletionTimestamp(all.getDeletionTimestamp());
    metadata.setOwnerReferences(all.getOwnerReferences());
    metadata.setLabels(only(Set.of(PodWish.LABEL), all.getLabels()));
    metadata.setAnnotations(only(ANNOTATIONS, all.getAnnotations()));
    return metadata;
  }

  private static Map<String, String> only(Set<String> keys, @Nullable Map<String, String> all) {
    return Objects.requireNonNullElse(all, Map.<String, String>of()).entrySet().stream()
        .filter(entry -> keys.contains(entry.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Container trimmed(Container container) {
    return new ContainerBuilder()
        .withName(container.getName())
        .withEnv(
            container.getEnv().stream()
                .filter(variable -> ClientIds.KEY.equals(variable.getName()))
                .toList())
        .build();
  }

  @Override
  public String getKey(Pod pod) {
    return Cache.metaNamespaceKeyFunc(pod);
  }

  @Override
  public @Nullable Pod put(String key, Pod pod) {
    return kept.put(key, trimmed(pod));
  }

  @Override
  public @Nullable Pod remove(String key) {
    return kept.remove(key);
  }

  @Override
  public Stream<String> keySet() {
    return kept.keySet().stream();
  }

  @Override
  public Stream<Pod> values() {
    return List.copyOf(kept.values()).stream();
  }

  @Override
  public int size() {
    return kept.size();
  }

  @Override
  public @Nullable Pod get(String key) {
    return kept.get(key);
  }
}
