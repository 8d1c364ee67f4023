package dev.managedidentity.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Hears of every change of a controller's own resources, whatever its filters and whoever leads.
 */
public final class PrimaryFeed<R extends HasMetadata> extends AbstractEventSource<R, R>
    implements ResourceEventAware<R> {
  private final Consumer<R> changed;
  private final Consumer<R> deleted;

  /**
   * Calls a listener for each change; neither may block.
   *
   * @param changed called with what is new or different
   * @param deleted called with what there was
   */
  public PrimaryFeed(Class<R> type, Consumer<R> changed, Consumer<R> deleted) {
    super(type, "feed");
    this.changed = changed;
    this.deleted = deleted;
  }

  @Override
  public void onResourceCreated(R resource) {
    changed.accept(resource);
  }

  @Override
  public void onResourceUpdated(R now, R before) {
    changed.accept(now);
  }

  @Override
  public void onResourceDeleted(R resource) {
    deleted.accept(resource);
  }

  /** What belongs to a resource is no concern of this source. */
  @Override
  public Set<R> getSecondaryResources(R resource) {
    return Set.of();
  }
}
