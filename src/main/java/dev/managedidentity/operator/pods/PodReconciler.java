package dev.managedidentity.operator.pods;

import dev.managedidentity.operator.kube.EventRecorder;
import dev.managedidentity.operator.kube.PrimaryFeed;
import dev.managedidentity.operator.plan.Notice;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets pods start once they can sign in, says of the others why they wait, and has workloads
 * restarted whose pods run with settings of the past.
 */
final class PodReconciler implements Reconciler<Pod> {
  private static final Logger LOG = LoggerFactory.getLogger(PodReconciler.class);

  private final Pods pods;
  private final Rules rules;
  private final PodWriter writer;
  private final EventRecorder events;
  private final InstantSource clock;
  private final SimpleInboundEventSource<Pod> wakeUps = new SimpleInboundEventSource<>("bindings");
  private final WaitingPods waiting = new WaitingPods();

  /**
   * What decides about pods.
   *
   * @param isLeading whether anything may be written
   */
  record Rules(PodAdmission.Accounts accounts, UnboundPods unbound, BooleanSupplier isLeading) {}

  PodReconciler(
      Pods pods, Rules rules, PodWriter writer, EventRecorder events, InstantSource clock) {
    this.pods = pods;
    this.rules = rules;
    this.writer = writer;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, Pod>> prepareEventSources(EventSourceContext<Pod> context) {
    pods.follow(context.getPrimaryCache(), wakeUps::propagateEvent);
    return List.of(wakeUps, new PrimaryFeed<>(Pod.class, pods::changed, this::forget));
  }

  /** It is gone, or somebody has taken its label off: then nobody would look at its gate again. */
  private void forget(Pod pod) {
    waiting.forget(pod.getMetadata().getUid());
    pods.changed(pod);
    if (KnownPod.of(pod).isGated() && rules.isLeading().getAsBoolean()) {
      Thread.ofVirtual().start(() -> letGoAnyway(pod));
    }
  }

  private void letGoAnyway(Pod pod) {
    try {
      writer.letGo(pod, Optional.empty());
    } catch (KubernetesClientException e) {
      LOG.warn(
          "Pod {}/{} has no label any more, and its gate cannot be taken off",
          pod.getMetadata().getNamespace(),
          pod.getMetadata().getName(),
          e);
    }
  }

  @Override
  public UpdateControl<Pod> reconcile(Pod pod, Context<Pod> context) {
    var known = KnownPod.of(pod);
    if (known.isOver()) {
      return UpdateControl.noUpdate();
    }
    var wish = known.wish();
    var choice = Choice.of(wish, rules.accounts().of(wish.namespace(), wish.serviceAccount()));
    if (known.isGated()) {
      return hold(pod, choice);
    }
    if (choice instanceof Choice.Bound(var identity)) {
      restart(known, identity);
    }
    return UpdateControl.noUpdate();
  }

  private UpdateControl<Pod> hold(Pod pod, Choice choice) {
    return switch (choice) {
      case Choice.Others _ -> letGo(pod, Optional.empty());
      case Choice.Unbound(var reason) ->
          rules.unbound() == UnboundPods.WAIT ? wait(pod, reason) : letGo(pod, Optional.empty());
      case Choice.Bound(var identity) ->
          identity
              .waiting()
              .map(reason -> wait(pod, reason))
              .orElseGet(() -> letGo(pod, identity.clientId()));
    };
  }

  private UpdateControl<Pod> letGo(Pod pod, Optional<String> clientId) {
    writer.letGo(pod, clientId);
    waiting.forget(pod.getMetadata().getUid());
    return UpdateControl.noUpdate();
  }

  private UpdateControl<Pod> wait(Pod pod, String reason) {
    var telling = waiting.waits(pod.getMetadata().getUid(), reason, clock.instant());
    telling.notice().ifPresent(notice -> events.record(pod, notice));
    return UpdateControl.<Pod>noUpdate().rescheduleAfter(telling.again());
  }

  private void restart(KnownPod pod, BoundIdentity identity) {
    var client = identity.clientId().filter(_ -> identity.waiting().isEmpty());
    if (identity.isRestarting() && client.filter(pod::isStale).isPresent()) {
      pod.controller()
          .flatMap(
              controller ->
                  writer.restart(pod.wish().namespace(), controller, client.orElseThrow()))
          .ifPresent(
              workload ->
                  events.record(
                      workload,
                      new Notice(
                          "RestartedForIdentity",
                          "Pods ran without the settings of IdentityBinding %s, which asks for a restart."
                              .formatted(identity.binding()),
                          false,
                          clock.instant())));
    }
  }
}
