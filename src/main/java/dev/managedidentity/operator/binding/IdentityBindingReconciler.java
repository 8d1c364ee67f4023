package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.inventory.Census;
import dev.managedidentity.operator.inventory.CredentialCount;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.kube.AccountAnnotations;
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
import java.util.stream.Stream;

/** Makes Azure as an IdentityBinding asks: observe, plan, apply, say how it stands, save that. */
@ControllerConfiguration(
    name = "identity-binding",
    finalizerName = "managedidentity.dev/binding",
    fieldManager = StatusWriter.FIELD_MANAGER)
public final class IdentityBindingReconciler
    implements Reconciler<IdentityBinding>, Cleaner<IdentityBinding> {
  private final BindingSources sources = new BindingSources();
  private final BindingObserver observer;
  private final BindingApplier applier;
  private final Passes<IdentityBindingStatus, IdentityBinding> passes;
  private final InstantSource clock;

  /** What bindings need of the world outside of Kubernetes. */
  public record Surroundings(
      AzureGateway azure,
      Federation federation,
      TokenIssuers issuers,
      Guardrails guardrails,
      Inventory inventory,
      CredentialRules rules,
      SignIns signIns,
      Census census) {}

  public IdentityBindingReconciler(
      Surroundings surroundings,
      AccountAnnotations accounts,
      Passes<IdentityBindingStatus, IdentityBinding> passes,
      InstantSource clock) {
    this.observer =
        new BindingObserver(
            surroundings.azure(),
            new BearerObserver(
                surroundings.federation(),
                surroundings.issuers(),
                surroundings.inventory(),
                surroundings.rules()),
            new Lodging(new Places(), surroundings.census()),
            surroundings.guardrails(),
            surroundings.inventory());
    this.applier =
        new BindingApplier(
            surroundings.azure(),
            accounts,
            surroundings.signIns(),
            new CredentialCount(surroundings.census(), sources::isOurs),
            clock);
    this.passes = passes;
    this.clock = clock;
  }

  /** Lets the binding with this name be looked at, if it exists. */
  public void wake(ResourceID binding) {
    sources.wake(binding);
  }

  /** Lets every binding be looked at: what all have in common has changed. */
  public void wakeAll() {
    sources.all().map(ResourceID::fromResource).forEach(sources::wake);
  }

  /** Whether the credential with this resource id, in lower case, is some binding's. */
  public boolean isOurs(String credential) {
    return sources.isOurs(credential);
  }

  /** Every binding as the cache has it; nothing before the operator has started. */
  public Stream<IdentityBinding> all() {
    return sources.all();
  }

  @Override
  public List<EventSource<?, IdentityBinding>> prepareEventSources(
      EventSourceContext<IdentityBinding> context) {
    return sources.prepare(context);
  }

  @Override
  public UpdateControl<IdentityBinding> reconcile(
      IdentityBinding resource, Context<IdentityBinding> context) {
    return passes.reconcile(resource, () -> turn(observe(resource, context)));
  }

  @Override
  public DeleteControl cleanup(IdentityBinding resource, Context<IdentityBinding> context) {
    return passes.cleanup(resource, () -> turn(observe(resource, context)));
  }

  private BindingFacts observe(IdentityBinding resource, Context<IdentityBinding> context) {
    return observer.observe(
        resource,
        Objects.requireNonNullElse(passes.latest(resource), IdentityBindingStatus.EMPTY),
        sources.neighbours(resource, context));
  }

  private Turn<IdentityBindingStatus> turn(BindingFacts facts) {
    var plan = BindingPlanner.plan(facts, clock.instant());
    var outcome = facts.urgency(plan.findings()).call(() -> applier.apply(plan, facts));
    var verdict = BindingStatusFactory.verdict(facts, plan, outcome);
    var status = BindingStatusFactory.status(facts, verdict, outcome, clock.instant());
    return new Turn<>(
        status,
        verdict,
        outcome.operations(),
        plan.findings(),
        plan.hasMore()
            ? Optional.of(() -> turn(facts.after(status, plan.names())))
            : Optional.empty());
  }
}
