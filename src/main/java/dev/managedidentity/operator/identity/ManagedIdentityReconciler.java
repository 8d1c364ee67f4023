package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.kube.OwnBindings;
import dev.managedidentity.operator.kube.Passes;
import dev.managedidentity.operator.kube.StatusWriter;
import dev.managedidentity.operator.plan.Forecast;
import dev.managedidentity.operator.plan.Notice;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Turn;
import dev.managedidentity.operator.sharding.ShardWriter;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Makes Azure as a ManagedIdentity asks: observe, plan, apply, say how it stands, save that. */
@ControllerConfiguration(
    name = "managed-identity",
    finalizerName = ManagedIdentityReconciler.FINALIZER,
    fieldManager = StatusWriter.FIELD_MANAGER)
public final class ManagedIdentityReconciler
    implements Reconciler<ManagedIdentity>, Cleaner<ManagedIdentity> {
  /** On every ManagedIdentity, until what it has in Azure is gone. */
  public static final String FINALIZER = "managedidentity.dev/identity";

  private final IdentityGoals goals;
  private final IdentityObserver observer;
  private final IdentityApplier applier;
  private final IdentityNeighbours neighbours;
  private final Passes<ManagedIdentityStatus, ManagedIdentity> passes;
  private final InstantSource clock;

  /** What the reconciler works with. */
  public record Means(
      AzureGateway azure,
      AzureDefaults defaults,
      String cluster,
      Guardrails guardrails,
      Inventory inventory,
      OwnBindings ownBindings,
      ShardWriter shards) {}

  public ManagedIdentityReconciler(
      Means means,
      IdentityNeighbours neighbours,
      Passes<ManagedIdentityStatus, ManagedIdentity> passes,
      InstantSource clock) {
    this.goals = new IdentityGoals(means.defaults(), means.cluster());
    this.observer =
        new IdentityObserver(
            means.azure(), goals, means.guardrails(), new IdentityDrift(means.inventory(), clock));
    this.applier = new IdentityApplier(means.azure(), means.ownBindings(), means.shards(), clock);
    this.neighbours = neighbours;
    this.passes = passes;
    this.clock = clock;
  }

  /** What ManagedIdentities count on in Azure. */
  public IdentityExpectations expectations() {
    return new IdentityExpectations(goals, neighbours::all, neighbours::wake);
  }

  @Override
  public List<EventSource<?, ManagedIdentity>> prepareEventSources(
      EventSourceContext<ManagedIdentity> context) {
    return neighbours.eventSources(context);
  }

  @Override
  public UpdateControl<ManagedIdentity> reconcile(
      ManagedIdentity resource, Context<ManagedIdentity> context) {
    return passes.reconcile(resource, () -> begin(resource, context));
  }

  @Override
  public DeleteControl cleanup(ManagedIdentity resource, Context<ManagedIdentity> context) {
    return passes.cleanup(resource, () -> begin(resource, context));
  }

  private Turn<ManagedIdentityStatus> begin(
      ManagedIdentity resource, Context<ManagedIdentity> context) {
    var facts = observe(resource, context);
    return facts.lifetime().isObserved() && !facts.lifetime().isDeleting()
        ? rehearsal(facts, resource)
        : turn(facts, resource);
  }

  private IdentityFacts observe(ManagedIdentity resource, Context<ManagedIdentity> context) {
    var status = latest(resource);
    return observer.observe(
        resource,
        status,
        neighbours.around(resource, status, goals.claim(resource, status), context));
  }

  private ManagedIdentityStatus latest(ManagedIdentity resource) {
    return Objects.requireNonNullElse(passes.latest(resource), ManagedIdentityStatus.EMPTY);
  }

  private Turn<ManagedIdentityStatus> turn(IdentityFacts facts, ManagedIdentity resource) {
    var plan = IdentityPlanner.plan(facts);
    var outcome =
        facts.urgency(plan.findings()).call(() -> applier.apply(plan, facts.status(), resource));
    var verdict = IdentityStatusFactory.verdict(facts, plan, outcome);
    var status = IdentityStatusFactory.status(facts, verdict, outcome, clock.instant());
    return new Turn<>(
        status,
        verdict,
        outcome.operations(),
        plan.findings(),
        plan.hasMore()
            ? Optional.of(() -> turn(facts.after(status, plan.names()), resource))
            : Optional.empty());
  }

  /**
   * Nothing is written for a resource that is only observed: the plan is the result. While Azure
   * does not answer, what was seen and planned before stays said.
   */
  private Turn<ManagedIdentityStatus> rehearsal(IdentityFacts facts, ManagedIdentity resource) {
    var rehearsal = Rehearsal.of(facts, resource, clock);
    var verdict = IdentityStatusFactory.verdict(rehearsal);
    var known = rehearsal.isCertain() ? rehearsal.status(facts) : latest(resource);
    var outcome = new Outcome<>(known, List.<Operation>of());
    var status = IdentityStatusFactory.status(facts, verdict, outcome, clock.instant());
    var isNews = !status.plan().equals(facts.status().plan());
    return Turn.rehearsed(
        status,
        verdict,
        isNews
            ? Optional.of(new Forecast(status.plan(), clock.instant()).notice())
            : Optional.<Notice>empty());
  }
}
