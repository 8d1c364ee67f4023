package dev.managedidentity.operator.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Feeds {@link Workloads} from the cache of one kind. It is an event source because such a one is
 * started once the cache is filled, and hears of every change, whatever the filters.
 */
final class WorkloadFeed<W extends HasMetadata> extends AbstractEventSource<Workload, W>
    implements ResourceEventAware<W> {
  private static final String BY_ACCOUNT = "service-account";

  private final WorkloadKind<W> kind;
  private final IndexerResourceCache<W> cache;
  private final Workloads workloads;

  WorkloadFeed(WorkloadKind<W> kind, IndexerResourceCache<W> cache, Workloads workloads) {
    super(Workload.class, "feed");
    this.kind = kind;
    this.cache = cache;
    this.workloads = workloads;
    cache.addIndexer(
        BY_ACCOUNT,
        object -> {
          var workload = kind.read(object);
          return List.of(key(workload.namespace(), workload.serviceAccount()));
        });
  }

  @Override
  public void start() {
    super.start();
    workloads.add(kind, new Filled());
  }

  @Override
  public void onResourceCreated(W object) {
    workloads.changed(null, kind.read(object));
  }

  @Override
  public void onResourceUpdated(W now, W before) {
    workloads.changed(kind.read(before), kind.read(now));
  }

  @Override
  public void onResourceDeleted(W object) {
    workloads.changed(kind.read(object), null);
  }

  /** What belongs to a workload is no concern of this source. */
  @Override
  public Set<Workload> getSecondaryResources(W object) {
    return Set.of();
  }

  private static String key(String namespace, String serviceAccount) {
    return namespace + "/" + serviceAccount;
  }

  /** The cache in our own words. */
  private final class Filled implements WorkloadCache {
    @Override
    public Optional<Workload> find(String namespace, String name) {
      return cache.get(new ResourceID(name, namespace)).map(kind::read);
    }

    @Override
    public List<Workload> runningAs(String namespace, String serviceAccount) {
      return cache.byIndex(BY_ACCOUNT, key(namespace, serviceAccount)).stream()
          .map(kind::read)
          .toList();
    }
  }
}
