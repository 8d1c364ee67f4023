package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.kube.EventRecorder;
import dev.managedidentity.operator.kube.StatusWriter;
import dev.managedidentity.operator.plan.Conditions;
import dev.managedidentity.operator.plan.Verdict;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Makes Azure as a ManagedIdentity asks: observe, plan, apply, say how it stands, write that. */
@ControllerConfiguration(
    name = "managed-identity",
    finalizerName = "managedidentity.dev/identity",
    fieldManager = StatusWriter.FIELD_MANAGER)
public final class ManagedIdentityReconciler
    implements Reconciler<ManagedIdentity>, Cleaner<ManagedIdentity> {
  private final IdentityObserver observer;
  private final IdentityApplier applier;
  private final StatusWriter<ManagedIdentityStatus, ManagedIdentity> statuses;
  private final EventRecorder events;
  private final InstantSource clock;

  ManagedIdentityReconciler(
      IdentityObserver observer,
      IdentityApplier applier,
      StatusWriter<ManagedIdentityStatus, ManagedIdentity> statuses,
      EventRecorder events,
      InstantSource clock) {
    this.observer = observer;
    this.applier = applier;
    this.statuses = statuses;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ManagedIdentity>> prepareEventSources(
      EventSourceContext<ManagedIdentity> context) {
    var bindings =
        InformerEventSourceConfiguration.from(IdentityBinding.class, ManagedIdentity.class)
            .withSecondaryToPrimaryMapper(binding -> Set.of(identityOf(binding)))
            .withOnUpdateFilter((now, before) -> !credentials(now).equals(credentials(before)))
            .build();
    return List.of(new InformerEventSource<>(bindings, context));
  }

  @Override
  public UpdateControl<ManagedIdentity> reconcile(
      ManagedIdentity resource, Context<ManagedIdentity> context) {
    var pass = pass(resource, context);
    return pass.recheckAfter()
        .map(delay -> UpdateControl.<ManagedIdentity>noUpdate().rescheduleAfter(delay))
        .orElseGet(UpdateControl::noUpdate);
  }

  @Override
  public DeleteControl cleanup(ManagedIdentity resource, Context<ManagedIdentity> context) {
    var pass = pass(resource, context);
    if (pass.isSettled()) {
      statuses.forget(resource);
      return DeleteControl.defaultDelete();
    }
    return pass.recheckAfter()
        .map(delay -> DeleteControl.noFinalizerRemoval().rescheduleAfter(delay))
        .orElseGet(DeleteControl::noFinalizerRemoval);
  }

  /** Observe once; then plan, apply and save, until the plan holds nothing more. */
  private Pass pass(ManagedIdentity resource, Context<ManagedIdentity> context) {
    var status = Objects.requireNonNullElse(statuses.latest(resource), ManagedIdentityStatus.EMPTY);
    var facts = observer.observe(resource, status, users(status, context));
    while (true) {
      var plan = IdentityPlanner.plan(facts);
      var outcome = applier.apply(plan, facts.status());
      outcome.operations().forEach(operation -> events.record(resource, operation));
      var verdict = IdentityStatusFactory.verdict(facts, plan, outcome);
      var next = IdentityStatusFactory.status(facts, verdict, outcome, clock.instant());
      var isStuck = verdict instanceof Verdict.Troubled;
      if (!facts.lifetime().isDeleting() || isStuck) {
        statuses.write(resource, next);
      }
      if (!plan.hasMore() || isStuck) {
        return new Pass(
            !isStuck, Conditions.recheckAfter(verdict, next.conditions(), clock.instant()));
      }
      facts = facts.after(next, plan.names());
    }
  }

  private record Pass(boolean isSettled, Optional<Duration> recheckAfter) {}

  /** Bindings that hold, or may hold, a credential on the identity. */
  private static List<String> users(
      ManagedIdentityStatus status, Context<ManagedIdentity> context) {
    return context
        .getSecondaryResourcesAsStream(IdentityBinding.class)
        .filter(binding -> isUser(binding, status))
        .map(
            binding -> binding.getMetadata().getNamespace() + "/" + binding.getMetadata().getName())
        .sorted()
        .toList();
  }

  private static boolean isUser(IdentityBinding binding, ManagedIdentityStatus status) {
    return credentials(binding).stream()
        .filter(credential -> credential.state() != FederatedCredentialStatus.State.REFUSED)
        .anyMatch(credential -> credential.identity().equalsIgnoreCase(status.resourceId()));
  }

  private static List<FederatedCredentialStatus> credentials(IdentityBinding binding) {
    return binding.getStatus() == null ? List.of() : binding.getStatus().federatedCredentials();
  }

  private static ResourceID identityOf(IdentityBinding binding) {
    var reference = binding.getSpec().identityRef();
    var namespace =
        reference.namespace() == null
            ? binding.getMetadata().getNamespace()
            : reference.namespace();
    return new ResourceID(reference.name(), namespace);
  }
}
