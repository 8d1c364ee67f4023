package dev.managedidentity.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.processing.retry.Retry;

/** How Kubernetes' own resources are looked after: no finalizer, no status, nothing at rest. */
public final class PlainController {
  private PlainController() {}

  /**
   * The configuration of a controller.
   *
   * @param informer which resources, and which of their changes count
   */
  public static <R extends HasMetadata> ResolvedControllerConfiguration<R> of(
      String name,
      Class<?> reconciler,
      InformerConfiguration<R> informer,
      Retry retry,
      ConfigurationService service) {
    return new ResolvedControllerConfiguration<>(
        name,
        false, // the informer's filter is finer than generations, which not all of them have
        reconciler.getName(),
        retry,
        null, // no limit of rate
        null, // nothing to do at rest
        null, // no finalizer
        null,
        StatusWriter.FIELD_MANAGER,
        service,
        informer,
        false,
        null);
  }
}
