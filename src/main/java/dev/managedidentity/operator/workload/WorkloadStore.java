package dev.managedidentity.operator.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an informer remembers of each workload: a few words instead of the whole object, which is
 * made again, bare, when it is asked for.
 */
final class WorkloadStore<W extends HasMetadata> implements ItemStore<W> {
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final WorkloadKind<W> kind;

  private record Kept(Workload workload, String resourceVersion) {}

  WorkloadStore(WorkloadKind<W> kind) {
    this.kind = kind;
  }

  @Override
  public String getKey(W object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public @Nullable W put(String key, W object) {
    var now = new Kept(kind.read(object), object.getMetadata().getResourceVersion());
    return bare(kept.put(key, now));
  }

  @Override
  public @Nullable W remove(String key) {
    return bare(kept.remove(key));
  }

  @Override
  public Stream<String> keySet() {
    return kept.keySet().stream();
  }

  @Override
  public Stream<W> values() {
    return kept.values().stream().map(each -> kind.bare(each.workload(), each.resourceVersion()));
  }

  @Override
  public int size() {
    return kept.size();
  }

  @Override
  public @Nullable W get(String key) {
    return bare(kept.get(key));
  }

  private @Nullable W bare(@Nullable Kept item) {
    return item == null ? null : kind.bare(item.workload(), item.resourceVersion());
  }
}
