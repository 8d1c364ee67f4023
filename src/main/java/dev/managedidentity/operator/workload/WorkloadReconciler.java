package dev.managedidentity.operator.workload;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.kube.EventRecorder;
import dev.managedidentity.operator.kube.ServerReply;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Retry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the ManagedIdentity that the annotation of a workload asks for, and deletes it when the
 * annotation goes; when the workload goes, Kubernetes does. One for each kind of workload.
 */
final class WorkloadReconciler<W extends HasMetadata> implements Reconciler<W> {
  private static final String ENABLE = "EnableIdentity";
  private static final String DISABLE = "DisableIdentity";
  private static final Duration SOON = Duration.ofSeconds(1);

  private final WorkloadKind<W> kind;
  private final Workloads workloads;
  private final AnnotatedIdentities identities;
  private final EventRecorder events;
  private final InstantSource clock;

  WorkloadReconciler(
      WorkloadKind<W> kind,
      Workloads workloads,
      AnnotatedIdentities identities,
      EventRecorder events,
      InstantSource clock) {
    this.kind = kind;
    this.workloads = workloads;
    this.identities = identities;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, W>> prepareEventSources(EventSourceContext<W> context) {
    var made =
        InformerEventSourceConfiguration.from(ManagedIdentity.class, kind.type())
            .withLabelSelector(AnnotatedIdentities.KIND_LABEL + "=" + kind.kind())
            .withItemStore(AnnotatedIdentities.store(context.getClient()))
            .withSecondaryToPrimaryMapper(identity -> Set.of(ResourceID.fromResource(identity)))
            .withOnUpdateFilter((now, before) -> isOwnedAnew(now, before))
            .build();
    return List.of(
        new InformerEventSource<>(made, context),
        new WorkloadFeed<>(kind, context.getPrimaryCache(), workloads));
  }

  private static boolean isOwnedAnew(ManagedIdentity now, ManagedIdentity before) {
    return !now.getMetadata()
        .getOwnerReferences()
        .equals(before.getMetadata().getOwnerReferences());
  }

  @Override
  public UpdateControl<W> reconcile(W object, Context<W> context) {
    var workload = kind.read(object);
    var seen = context.getSecondaryResource(ManagedIdentity.class);
    return carryOut(EnablementPlanner.plan(workload, seen), workload, object);
  }

  private UpdateControl<W> carryOut(Enablement step, Workload workload, W object) {
    return switch (step) {
      case Enablement.Settled _ -> UpdateControl.noUpdate();
      case Enablement.Served _ -> lookAgain(Retry.slowly());
      case Enablement.Enable _ -> enable(workload, object);
      case Enablement.Disable disable -> disable(disable, workload, object);
      case Enablement.Refused refused -> reported(ENABLE, object, refused.problem());
    };
  }

  private UpdateControl<W> enable(Workload workload, W object) {
    try {
      if (identities.create(workload)) {
        return reported(ENABLE, object, null);
      }
    } catch (KubernetesClientException e) {
      return failed(ENABLE, object, e);
    }
    // it is there and not in the cache: a person's, or made a moment ago
    var step = EnablementPlanner.plan(workload, identities.find(workload));
    return step instanceof Enablement.Enable ? lookAgain(SOON) : carryOut(step, workload, object);
  }

  private UpdateControl<W> disable(Enablement.Disable step, Workload workload, W object) {
    try {
      identities.delete(workload, step.uid());
      return reported(DISABLE, object, null);
    } catch (KubernetesClientException e) {
      return failed(DISABLE, object, e);
    }
  }

  /** What passes by itself is tried again by the operator SDK, sooner and more often. */
  private UpdateControl<W> failed(String verb, W object, KubernetesClientException e) {
    var problem = ServerReply.problem(nameOf(object), e);
    if (problem.isTransient()) {
      throw e;
    }
    return reported(verb, object, problem);
  }

  private UpdateControl<W> reported(String verb, W object, @Nullable Problem problem) {
    events.record(object, new Operation(verb, nameOf(object), clock.instant(), null, problem));
    return problem == null ? UpdateControl.noUpdate() : lookAgain(Retry.slowly());
  }

  private UpdateControl<W> lookAgain(Duration delay) {
    return UpdateControl.<W>noUpdate().rescheduleAfter(delay);
  }

  private static String nameOf(HasMetadata object) {
    return "ManagedIdentity " + ResourceID.fromResource(object);
  }
}
