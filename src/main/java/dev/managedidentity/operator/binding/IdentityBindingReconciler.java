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
import dev.managedidentity.operator.pods.BoundAccounts;
import dev.managedidentity.operator.pods.Pods;
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
  private final AccountSources accountSources;
  private final BoundAccounts accounts;
  private final Pods pods = new Pods(changed -> changed.forEach(this::wakeAbout));
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
      boolean isPublishing) {}

  public IdentityBindingReconciler(
      Surroundings surroundings,
      AccountWriters writers,
      Passes<IdentityBindingStatus, IdentityBinding> passes,
      InstantSource clock) {
    this.accountSources = new AccountSources(surroundings.isPublishing());
    this.accounts = new BoundAccounts(accountSources, surroundings.federation().audience());
    this.sources = new BindingSources(accountSources, pods::changed);
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
            writers,
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

  private void wakeAbout(Pods.Account account) {
    accountSources
        .about(account.namespace(), account.name())
        .map(ResourceID::fromResource)
        .forEach(sources::wake);
  }

  /** The pods that want identities. */
  public Pods pods() {
    return pods;
  }

  /** Which service accounts are bound to what. */
  public BoundAccounts accounts() {
    return accounts;
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
    return passes.reconcile(resource, () -> turn(resource, observe(resource, context)));
  }

  @Override
  public DeleteControl cleanup(IdentityBinding resource, Context<IdentityBinding> context) {
    return passes.cleanup(resource, () -> turn(resource, observe(resource, context)));
  }

  private BindingFacts observe(IdentityBinding resource, Context<IdentityBinding> context) {
    return observer.observe(
        resource,
        Objects.requireNonNullElse(passes.latest(resource), IdentityBindingStatus.EMPTY),
        sources.neighbours(resource, context));
  }

  private Turn<IdentityBindingStatus> turn(IdentityBinding resource, BindingFacts facts) {
    var plan = BindingPlanner.plan(facts, clock.instant());
    var outcome = facts.urgency(plan.findings()).call(() -> applier.apply(plan, facts));
    var verdict = BindingStatusFactory.verdict(facts, plan, outcome);
    var concluded = BindingStatusFactory.status(facts, verdict, outcome, clock.instant());
    var report = new PodReport(pods.count(resource, concluded.clientId(), accounts));
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
