package dev.managedidentity.operator.pods;

import dev.managedidentity.operator.kube.EventRecorder;
import dev.managedidentity.operator.kube.Manner;
import dev.managedidentity.operator.kube.PlainController;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

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

  /**
   * Registers the reconciler, which fills the pods once the operator starts.
   *
   * @param isLeading whether anything may be written
   */
  public void register(
      Pods pods,
      PodAdmission.Accounts accounts,
      UnboundPods unbound,
      BooleanSupplier isLeading,
      Manner manner) {
    var service = operator.getConfigurationService();
    var informer =
        InformerConfiguration.builder(Pod.class)
            .withLabelSelector(PodWish.LABEL + "=true")
            .withNamespaces(manner.watched())
            .withItemStore(new TrimmedPods())
            .withInformerListLimit(PAGE)
            .withOnUpdateFilter((now, before) -> !KnownPod.of(now).equals(KnownPod.of(before)))
            .buildForController();
    operator.register(
        new PodReconciler(
            pods,
            new PodReconciler.Rules(accounts, unbound, isLeading),
            new PodWriter(operator.getKubernetesClient()),
            events,
            clock),
        PlainController.of("pod", PodReconciler.class, informer, manner.retry(), service));
  }
}
