package dev.managedidentity.operator.binding;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.kube.Passes;
import dev.managedidentity.operator.kube.StatusWriter;
import dev.managedidentity.operator.plan.Turn;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
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
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes Azure as an IdentityBinding asks: observe, plan, apply, say how it stands, save that. */
@ControllerConfiguration(
    name = "identity-binding",
    finalizerName = "managedidentity.dev/binding",
    fieldManager = StatusWriter.FIELD_MANAGER)
public final class IdentityBindingReconciler
    implements Reconciler<IdentityBinding>, Cleaner<IdentityBinding> {
  private final BindingObserver observer;
  private final BindingApplier applier;
  private final Passes<IdentityBindingStatus, IdentityBinding> passes;
  private final InstantSource clock;

  public IdentityBindingReconciler(
      AzureGateway azure,
      Federation federation,
      AccountAnnotations accounts,
      Passes<IdentityBindingStatus, IdentityBinding> passes,
      InstantSource clock) {
    this.observer = new BindingObserver(federation);
    this.applier = new BindingApplier(azure, accounts, clock);
    this.passes = passes;
    this.clock = clock;
  }

  /**
   * A change of the identity, the service account or the namespace wakes the bindings it concerns.
   */
  @Override
  public List<EventSource<?, IdentityBinding>> prepareEventSources(
      EventSourceContext<IdentityBinding> context) {
    return List.of(
        source(
            context,
            ManagedIdentity.class,
            IdentityBindingReconciler::identityOf,
            BindingObserver::isSeenByBindings),
        source(context, ServiceAccount.class, IdentityBindingReconciler::accountOf, (_, _) -> true),
        source(
            context,
            Namespace.class,
            binding -> new ResourceID(binding.getMetadata().getNamespace()),
            (now, before) ->
                !Objects.equals(now.getMetadata().getLabels(), before.getMetadata().getLabels())));
  }

  private static <T extends HasMetadata> EventSource<T, IdentityBinding> source(
      EventSourceContext<IdentityBinding> context,
      Class<T> kind,
      Function<IdentityBinding, ResourceID> neighbour,
      OnUpdateFilter<T> filter) {
    var cache = context.getPrimaryCache();
    var index = kind.getSimpleName();
    cache.addIndexer(index, binding -> List.of(neighbour.apply(binding).toString()));
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, IdentityBinding.class)
            .withPrimaryToSecondaryMapper(
                (IdentityBinding binding) -> Set.of(neighbour.apply(binding)))
            .withSecondaryToPrimaryMapper(
                changed ->
                    cache.byIndex(index, ResourceID.fromResource(changed).toString()).stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            .withOnUpdateFilter(filter)
            .build(),
        context);
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
        new BindingObserver.Neighbours(
            context.getSecondaryResource(ManagedIdentity.class),
            context.getSecondaryResource(ServiceAccount.class),
            context.getSecondaryResource(Namespace.class),
            context
                .getPrimaryCache()
                .byIndex(ManagedIdentity.class.getSimpleName(), identityOf(resource).toString())));
  }

  private Turn<IdentityBindingStatus> turn(BindingFacts facts) {
    var plan = BindingPlanner.plan(facts);
    var outcome = applier.apply(plan, facts);
    var verdict = BindingStatusFactory.verdict(facts, plan, outcome);
    var status = BindingStatusFactory.status(facts, verdict, outcome, clock.instant());
    return new Turn<>(
        status,
        verdict,
        outcome.operations(),
        List.of(),
        plan.hasMore()
            ? Optional.of(() -> turn(facts.after(status, plan.names())))
            : Optional.empty());
  }

  private static ResourceID identityOf(IdentityBinding binding) {
    return new ResourceID(binding.getSpec().identityRef().name(), binding.identityNamespace());
  }

  private static ResourceID accountOf(IdentityBinding binding) {
    return new ResourceID(
        requireNonNull(binding.getSpec().subject().serviceAccount()).name(),
        binding.getMetadata().getNamespace());
  }
}
