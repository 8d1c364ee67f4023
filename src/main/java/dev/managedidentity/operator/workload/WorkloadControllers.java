package dev.managedidentity.operator.workload;

import dev.managedidentity.operator.kube.EventRecorder;
import dev.managedidentity.operator.kube.Manner;
import dev.managedidentity.operator.kube.PlainController;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import java.time.InstantSource;
import java.util.Locale;

/** Puts the watched kinds of workload under the care of an operator. */
public final class WorkloadControllers {
  /** So many objects, whole, are in memory at once while a cache is filled. */
  private static final long PAGE = 500;

  private final Operator operator;
  private final Workloads workloads;
  private final EventRecorder events;
  private final InstantSource clock;

  public WorkloadControllers(
      Operator operator, Workloads workloads, EventRecorder events, InstantSource clock) {
    this.operator = operator;
    this.workloads = workloads;
    this.events = events;
    this.clock = clock;
  }

  /** Registers a reconciler for each kind, which fills the workloads once the operator starts. */
  public void register(Manner manner) {
    WorkloadKind.ALL.forEach(kind -> register(kind, manner));
  }

  private <W extends HasMetadata> void register(WorkloadKind<W> kind, Manner manner) {
    var identities = new AnnotatedIdentities(operator.getKubernetesClient());
    operator.register(
        new WorkloadReconciler<>(kind, workloads, identities, events, clock),
        configuration(kind, manner, operator.getConfigurationService()));
  }

  /** Made by hand: the operator SDK cannot tell the type of resource of a generic reconciler. */
  private static <W extends HasMetadata> ControllerConfiguration<W> configuration(
      WorkloadKind<W> kind, Manner manner, ConfigurationService service) {
    var informer =
        InformerConfiguration.builder(kind.type())
            .withNamespaces(manner.watched())
            .withItemStore(new WorkloadStore<>(kind))
            .withInformerListLimit(PAGE)
            .withOnUpdateFilter((now, before) -> kind.read(now).asksAnew(kind.read(before)))
            .buildForController();
    return PlainController.of(
        "workload-" + kind.kind().toLowerCase(Locale.ROOT),
        WorkloadReconciler.class,
        informer,
        manner.retry(),
        service);
  }
}
