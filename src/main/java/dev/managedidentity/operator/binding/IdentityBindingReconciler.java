package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.inventory.Census;
import dev.managedidentity.operator.inventory.CredentialCount;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.kube.Passes;
import dev.managedidentity.operator.kube.StatusWriter;
import dev.managedidentity.operator.plan.Turn;
import dev.managedidentity.operator.sharding.Places;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Makes Azure as an IdentityBinding asks: observe, plan, apply, say how it stands, save that. */
@ControllerConfiguration(
    name = "identity-binding",
    finalizerName = IdentityBindingReconciler.FINALIZER,
    fieldManager = StatusWriter.FIELD_MANAGER)
public final class IdentityBindingReconciler
    implements Reconciler<IdentityBinding>, Cleaner<IdentityBinding> {
  /** On every IdentityBinding, until what it has in Azure is gone. */
  public static final String FINALIZER = "managedidentity.dev/binding";

  private final BindingPods pods;
  private final BindingSources sources;
  private final BindingObserver observer;
  private final BindingApplier applier;
  private final Passes<IdentityBindingStatus, IdentityBinding> passes;
  private final InstantSource clock;

  /**
   * What bindings need of the world outside of Kubernetes.
   *
   * @param isPublishing whether client ids are written where pods can refer to them
   */
  public record Surroundings(
      AzureGateway azure,
      Federation federation,
      TokenIssuers issuers,
      Guardrails guardrails,
      Inventory inventory,
      CredentialRules rules,
      SignIns signIns,
      Census census,
      Places places,
      boolean isPublishing) {}

  public IdentityBindingReconciler(
      Surroundings surroundings,
      AccountWriters writers,
      Passes<IdentityBindingStatus, IdentityBinding> passes,
      InstantSource clock) {
    this.pods =
        new BindingPods(
            surroundings.isPublishing(), surroundings.federation().audience(), this::wake);
    this.sources = new BindingSources(pods.accountSources(), pods.all()::changed);
    this.observer =
        new BindingObserver(
            surroundings.azure(),
            new BearerObserver(
                surroundings.federation(),
                surroundings.issuers(),
                surroundings.inventory(),
                surroundings.rules()),
            new Lodging(surroundings.places(), surroundings.census()),
            surroundings.guardrails(),
            surroundings.inventory());
    this.applier =
        new BindingApplier(
            surroundings.azure(),
            writers,
            surroundings.signIns(),
            new CredentialCount(surroundings.census(), sources::isOurs),
            clock);
    this.passes = passes;
    this.clock = clock;
  }

  /** What is known of bindings, and how to wake them. */
  public BindingSources sources() {
    return sources;
  }

  /** What is known of their pods. */
  public BindingPods pods() {
    return pods;
  }

  private void wake(ResourceID binding) {
    sources.wake(binding);
  }

  @Override
  public List<EventSource<?, IdentityBinding>> prepareEventSources(
      EventSourceContext<IdentityBinding> context) {
    return sources.prepare(context);
  }

  @Override
  public UpdateControl<IdentityBinding> reconcile(
      IdentityBinding resource, Context<IdentityBinding> context) {
    return passes.reconcile(resource, () -> turn(resource, observe(resource)));
  }

  @Override
  public DeleteControl cleanup(IdentityBinding resource, Context<IdentityBinding> context) {
    return passes.cleanup(resource, () -> turn(resource, observe(resource)));
  }

  private BindingFacts observe(IdentityBinding resource) {
    return observer.observe(
        resource,
        Objects.requireNonNullElse(passes.latest(resource), IdentityBindingStatus.EMPTY),
        sources.neighbours(resource));
  }

  private Turn<IdentityBindingStatus> turn(IdentityBinding resource, BindingFacts facts) {
    var plan = BindingPlanner.plan(facts, clock.instant());
    var outcome = facts.urgency(plan.findings()).call(() -> applier.apply(plan, facts));
    var verdict = BindingStatusFactory.verdict(facts, plan, outcome);
    var concluded = BindingStatusFactory.status(facts, verdict, outcome, clock.instant());
    var report = pods.report(resource, concluded.clientId());
    var status = report.noted(concluded);
    return new Turn<>(
        status,
        verdict,
        outcome.operations(),
        plan.findings(),
        report.news(resource.getSpec().rollout(), facts.status(), clock.instant()),
        plan.hasMore()
            ? Optional.of(() -> turn(resource, facts.after(status, plan.names())))
            : Optional.empty());
  }
}
