package dev.managedidentity.operator.pods;

import dev.managedidentity.operator.kube.EventRecorder;
import dev.managedidentity.operator.kube.PrimaryFeed;
import dev.managedidentity.operator.plan.Notice;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets pods start once they can sign in, says of the others why they wait, and has workloads
 * restarted whose pods run with settings of the past.
 */
final class PodReconciler implements Reconciler<Pod> {
  /** Events are kept for an hour: a pod that waits always has one. */
  private static final Duration REMINDER = Duration.ofMinutes(30);

  private final Pods pods;
  private final PodAdmission.Accounts accounts;
  private final UnboundPods unbound;
  private final PodWriter writer;
  private final EventRecorder events;
  private final InstantSource clock;
  private final SimpleInboundEventSource<Pod> wakeUps = new SimpleInboundEventSource<>("bindings");
  private final Map<String, Notice> told = new ConcurrentHashMap<>();

  PodReconciler(
      Pods pods,
      PodAdmission.Accounts accounts,
      UnboundPods unbound,
      PodWriter writer,
      EventRecorder events,
      InstantSource clock) {
    this.pods = pods;
    this.accounts = accounts;
    this.unbound = unbound;
    this.writer = writer;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, Pod>> prepareEventSources(EventSourceContext<Pod> context) {
    pods.follow(context.getPrimaryCache(), wakeUps::propagateEvent);
    return List.of(wakeUps, new PrimaryFeed<>(Pod.class, pods::changed, this::forget));
  }

  private void forget(Pod pod) {
    told.remove(pod.getMetadata().getUid());
    pods.changed(pod);
  }

  @Override
  public UpdateControl<Pod> reconcile(Pod pod, Context<Pod> context) {
    var known = KnownPod.of(pod);
    if (known.isOver()) {
      return UpdateControl.noUpdate();
    }
    var wish = known.wish();
    var choice = Choice.of(wish, accounts.of(wish.namespace(), wish.serviceAccount()));
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
          unbound == UnboundPods.WAIT ? wait(pod, reason) : letGo(pod, Optional.empty());
      case Choice.Bound(var identity) ->
          identity
              .waiting()
              .map(reason -> wait(pod, reason))
              .orElseGet(() -> letGo(pod, identity.clientId()));
    };
  }

  private UpdateControl<Pod> letGo(Pod pod, Optional<String> clientId) {
    writer.letGo(pod, clientId);
    told.remove(pod.getMetadata().getUid());
    return UpdateControl.noUpdate();
  }

  private UpdateControl<Pod> wait(Pod pod, String reason) {
    var notice = new Notice("WaitingForIdentity", reason, true, clock.instant());
    var latest =
        told.compute(
            pod.getMetadata().getUid(),
            (_, before) -> before != null && isStillTrue(before, notice) ? before : notice);
    if (notice.equals(latest)) {
      events.record(pod, notice);
    }
    return UpdateControl.<Pod>noUpdate().rescheduleAfter(REMINDER);
  }

  private static boolean isStillTrue(Notice before, Notice now) {
    return before.words().equals(now.words()) && now.time().isBefore(before.time().plus(REMINDER));
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
