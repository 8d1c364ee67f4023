package dev.managedidentity.operator.pods;

import dev.managedidentity.operator.kube.EventRecorder;
import dev.managedidentity.operator.kube.StatusWriter;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import java.time.InstantSource;

/** Puts the pods that want an identity under the care of an operator. */
public final class PodControllers {
  /** So many pods, whole, are in memory at once while the cache is filled. */
  private static final long PAGE = 500;

  private final Operator operator;
  private final EventRecorder events;
  private final InstantSource clock;

  public PodControllers(Operator operator, EventRecorder events, InstantSource clock) {
    this.operator = operator;
    this.events = events;
    this.clock = clock;
  }

  /** Registers the reconciler, which fills the pods once the operator starts. */
  public void register(
      Pods pods, PodAdmission.Accounts accounts, UnboundPods unbound, Retry retry) {
    var service = operator.getConfigurationService();
    var informer =
        InformerConfiguration.builder(Pod.class)
            .withLabelSelector(PodWish.LABEL + "=true")
            .withItemStore(new TrimmedPods())
            .withInformerListLimit(PAGE)
            .withOnUpdateFilter((now, before) -> !KnownPod.of(now).equals(KnownPod.of(before)))
            .buildForController();
    operator.register(
        new PodReconciler(
            pods, accounts, unbound, new PodWriter(operator.getKubernetesClient()), events, clock),
        new ResolvedControllerConfiguration<>(
            "pod",
            false, // pods' generations are young, and the filter above is finer
            PodReconciler.class.getName(),
            retry,
            null, // no limit of rate
            null, // nothing to do at rest
            null, // no finalizer
            null,
            StatusWriter.FIELD_MANAGER,
            service,
            informer,
            false,
            null));
  }
}
