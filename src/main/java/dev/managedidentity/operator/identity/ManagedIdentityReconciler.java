package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.identity.IdentityFacts.User;
import dev.managedidentity.operator.kube.Passes;
import dev.managedidentity.operator.kube.StatusWriter;
import dev.managedidentity.operator.plan.Turn;
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
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Makes Azure as a ManagedIdentity asks: observe, plan, apply, say how it stands, save that. */
@ControllerConfiguration(
    name = "managed-identity",
    finalizerName = "managedidentity.dev/identity",
    fieldManager = StatusWriter.FIELD_MANAGER)
public final class ManagedIdentityReconciler
    implements Reconciler<ManagedIdentity>, Cleaner<ManagedIdentity> {
  private final IdentityObserver observer;
  private final IdentityApplier applier;
  private final Passes<ManagedIdentityStatus, ManagedIdentity> passes;
  private final InstantSource clock;

  public ManagedIdentityReconciler(
      AzureGateway azure,
      AzureDefaults defaults,
      String cluster,
      Passes<ManagedIdentityStatus, ManagedIdentity> passes,
      InstantSource clock) {
    this.observer = new IdentityObserver(azure, defaults, cluster);
    this.applier = new IdentityApplier(azure, clock);
    this.passes = passes;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ManagedIdentity>> prepareEventSources(
      EventSourceContext<ManagedIdentity> context) {
    var bindings =
        InformerEventSourceConfiguration.from(IdentityBinding.class, ManagedIdentity.class)
            .withSecondaryToPrimaryMapper(
                binding ->
                    Set.of(
                        new ResourceID(
                            binding.getSpec().identityRef().name(), binding.identityNamespace())))
            .withOnUpdateFilter((now, before) -> !credentials(now).equals(credentials(before)))
            .build();
    return List.of(new InformerEventSource<>(bindings, context));
  }

  @Override
  public UpdateControl<ManagedIdentity> reconcile(
      ManagedIdentity resource, Context<ManagedIdentity> context) {
    return passes.reconcile(resource, () -> turn(observe(resource, context)));
  }

  @Override
  public DeleteControl cleanup(ManagedIdentity resource, Context<ManagedIdentity> context) {
    return passes.cleanup(resource, () -> turn(observe(resource, context)));
  }

  private IdentityFacts observe(ManagedIdentity resource, Context<ManagedIdentity> context) {
    var status = Objects.requireNonNullElse(passes.latest(resource), ManagedIdentityStatus.EMPTY);
    return observer.observe(resource, status, users(status, context));
  }

  private Turn<ManagedIdentityStatus> turn(IdentityFacts facts) {
    var plan = IdentityPlanner.plan(facts);
    var outcome = applier.apply(plan, facts.status());
    var verdict = IdentityStatusFactory.verdict(facts, plan, outcome);
    var status = IdentityStatusFactory.status(facts, verdict, outcome, clock.instant());
    return new Turn<>(
        status,
        verdict,
        outcome.operations(),
        List.of(),
        plan.hasMore()
            ? Optional.of(() -> turn(facts.after(status, plan.names())))
            : Optional.empty());
  }

  private static List<User> users(ManagedIdentityStatus status, Context<ManagedIdentity> context) {
    return context
        .getSecondaryResourcesAsStream(IdentityBinding.class)
        .flatMap(binding -> user(binding, status).stream())
        .sorted(Comparator.comparing(User::name))
        .toList();
  }

  private static Optional<User> user(IdentityBinding binding, ManagedIdentityStatus status) {
    var states =
        credentials(binding).stream()
            .filter(credential -> credential.identity().equalsIgnoreCase(status.resourceId()))
            .map(FederatedCredentialStatus::state)
            .filter(state -> state != State.REFUSED)
            .toList();
    var name = binding.getMetadata().getNamespace() + "/" + binding.getMetadata().getName();
    return states.isEmpty()
        ? Optional.empty()
        : Optional.of(new User(name, states.contains(State.ACTIVE)));
  }

  private static List<FederatedCredentialStatus> credentials(IdentityBinding binding) {
    return binding.getStatus() == null ? List.of() : binding.getStatus().federatedCredentials();
  }
}
