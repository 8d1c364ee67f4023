package dev.managedidentity.operator;

import dev.managedidentity.operator.admission.AdmissionAnswer;
import dev.managedidentity.operator.admission.AdmissionRequest;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.binding.AccountWriters;
import dev.managedidentity.operator.binding.BindingExpectations;
import dev.managedidentity.operator.binding.BindingJudge;
import dev.managedidentity.operator.binding.IdentityBindingReconciler;
import dev.managedidentity.operator.binding.SignIns;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.identity.IdentityJudge;
import dev.managedidentity.operator.identity.IdentityNeighbours;
import dev.managedidentity.operator.identity.ManagedIdentityReconciler;
import dev.managedidentity.operator.inventory.Census;
import dev.managedidentity.operator.inventory.CredentialCount;
import dev.managedidentity.operator.inventory.Intervals;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.inventory.Sweeps;
import dev.managedidentity.operator.inventory.WatchedGateway;
import dev.managedidentity.operator.kube.EventRecorder;
import dev.managedidentity.operator.kube.FindingRecorder;
import dev.managedidentity.operator.kube.Manner;
import dev.managedidentity.operator.kube.Passes;
import dev.managedidentity.operator.kube.StatusForm;
import dev.managedidentity.operator.kube.StatusWriter;
import dev.managedidentity.operator.kube.SystemBindings;
import dev.managedidentity.operator.leadership.Leadership;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.pods.PodAdmission;
import dev.managedidentity.operator.pods.PodControllers;
import dev.managedidentity.operator.pods.UnboundPods;
import dev.managedidentity.operator.proof.RoleProofs;
import dev.managedidentity.operator.sharding.AppliedShards;
import dev.managedidentity.operator.sharding.Places;
import dev.managedidentity.operator.workload.WorkloadControllers;
import dev.managedidentity.operator.workload.Workloads;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Both reconcilers at work on one cluster, wired by hand; closing it lets current passes finish.
 */
public final class ManagedIdentityOperator implements AutoCloseable {
  /** A resource is looked at this often even when nothing happens; at rest that costs no call. */
  private static final Duration LONGEST_REST = Duration.ofMinutes(30);

  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(20);

  /** An exception out of a reconciler is a bug or a lost API server: retried without end. */
  private static final GenericRetry RETRY =
      new GenericRetry()
          .setInitialInterval(Duration.ofSeconds(1))
          .setIntervalMultiplier(2)
          .setMaxInterval(Duration.ofMinutes(5).toMillis())
          .withoutMaxAttempts();

  private final Operator operator;
  private final Sweeps sweeps;
  private final Admissions admissions;
  private final Gauges gauges;
  private final KubernetesClient kubernetes;

  /**
   * What the operator needs from outside.
   *
   * @param namespaces where it works; empty for everywhere
   * @param webhook what becomes of pods without a binding; empty when no webhook completes pods
   */
  public record Surroundings(
      KubernetesClient kubernetes,
      List<String> namespaces,
      AzureGateway azure,
      AzureDefaults defaults,
      Guardrails guardrails,
      Intervals intervals,
      SigningIn signingIn,
      Optional<UnboundPods> webhook,
      Leadership leadership,
      Metrics metrics,
      Consumer<Finding> drift,
      String instance) {
    UnboundPods unbound() {
      return webhook.orElse(UnboundPods.START);
    }
  }

  private ManagedIdentityOperator(
      Operator operator,
      Sweeps sweeps,
      Admissions admissions,
      Gauges gauges,
      KubernetesClient kubernetes) {
    this.operator = operator;
    this.gauges = gauges;
    this.sweeps = sweeps;
    this.admissions = admissions;
    this.kubernetes = kubernetes;
  }

  /** Starts to work; returns when every cache has been filled once. */
  public static ManagedIdentityOperator start(Surroundings surroundings, InstantSource clock) {
    var kubernetes = surroundings.kubernetes();
    var operator = operator(surroundings);
    var manner = new Manner(surroundings.namespaces(), RETRY);
    var events = new EventRecorder(kubernetes, surroundings.instance());
    var inventory = inventory(surroundings.intervals());
    var azure = new WatchedGateway(surroundings.azure(), inventory);
    var workloads = new Workloads(kubernetes);
    var findings = new FindingRecorder(events, surroundings.drift());

    var toWake = new AtomicReference<Consumer<String>>(_ -> {});
    var census = new Census(identity -> toWake.get().accept(identity));
    var places = new Places();
    var signingIn = surroundings.signingIn();
    var roles = new RoleProofs(identity -> toWake.get().accept(identity));
    var neighbours =
        new IdentityNeighbours(workloads, census, signingIn.rules().isVerifying(), roles);
    toWake.set(neighbours::wake);
    var identities =
        new StatusWriter<ManagedIdentityStatus, ManagedIdentity>(kubernetes, ManagedIdentity::new);
    var identityReconciler =
        new ManagedIdentityReconciler(
            new ManagedIdentityReconciler.Means(
                azure,
                surroundings.defaults(),
                signingIn.federation().cluster(),
                surroundings.guardrails(),
                inventory,
                new SystemBindings(kubernetes),
                new AppliedShards(kubernetes, places)),
            neighbours,
            new Passes<>(identities, StatusForm.ofIdentities(), events, findings, clock),
            clock);
    register(operator, identityReconciler, identities, manner);

    var statuses =
        new StatusWriter<IdentityBindingStatus, IdentityBinding>(kubernetes, IdentityBinding::new);
    var bindingReconciler =
        new IdentityBindingReconciler(
            new IdentityBindingReconciler.Surroundings(
                azure,
                signingIn.federation(),
                signingIn.issuers(),
                surroundings.guardrails(),
                inventory,
                signingIn.rules(),
                new SignIns(signingIn.prover(), roles, signingIn.delays()),
                census,
                places,
                surroundings.webhook().isPresent()),
            new AccountWriters(kubernetes),
            new Passes<>(
                statuses,
                StatusForm.ofBindings(surroundings.signingIn().rules().proofLife()),
                events,
                findings,
                clock),
            clock);
    register(operator, bindingReconciler, statuses, manner);
    var bindings = bindingReconciler.sources();
    var pods = bindingReconciler.pods();
    new WorkloadControllers(operator, workloads, events, clock).register(manner);
    new PodControllers(operator, events, clock)
        .register(
            pods.all(),
            pods.accounts(),
            surroundings.unbound(),
            surroundings.leadership()::hasBegun,
            manner);
    signingIn.cluster().onChange(bindings::wakeAll);
    operator.start();
    var sweeps =
        Drift.of(
            surroundings.azure(),
            inventory,
            surroundings.intervals(),
            new CredentialCount(census, bindings::isOurs),
            identityReconciler.expectations(),
            () -> BindingExpectations.credentials(bindings.all(), bindings::wake),
            () -> BindingExpectations.resources(bindings.all(), bindings::wake));
    surroundings.leadership().whenBegun(sweeps::start);
    var admissions =
        new Admissions(
            pods.accounts(),
            surroundings.unbound(),
            new IdentityJudge(
                surroundings.defaults(),
                signingIn.federation().cluster(),
                surroundings.guardrails(),
                neighbours),
            new BindingJudge(surroundings.guardrails(), bindings),
            clock);
    var gauges =
        new Gauges(surroundings.leadership(), sweeps, pods.all(), neighbours::all, bindings::all);
    return new ManagedIdentityOperator(operator, sweeps, admissions, gauges, kubernetes);
  }

  private static Inventory inventory(Intervals intervals) {
    return new Inventory(System::nanoTime, intervals.settling(), intervals.identities());
  }

  private static Operator operator(Surroundings surroundings) {
    return new Operator(
        overrider -> {
          surroundings
              .leadership()
              .configuration()
              .ifPresent(overrider::withLeaderElectionConfiguration);
          overrider
              .withKubernetesClient(surroundings.kubernetes())
              .withCloseClientOnStop(false)
              .withMetrics(surroundings.metrics())
              .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
              .withWorkflowExecutorService(Executors.newVirtualThreadPerTaskExecutor())
              .withReconciliationTerminationTimeout(PATIENCE_AT_STOP);
        });
  }

  private static <S, R extends CustomResource<?, S>> void register(
      Operator operator, Reconciler<R> reconciler, StatusWriter<S, R> statuses, Manner manner) {
    operator.register(
        reconciler,
        settings ->
            settings
                .withGenerationAware(false) // the filter below is finer: annotations count too
                .withOnUpdateFilter(statuses::isMoreThanStatus)
                .withReconciliationMaxInterval(LONGEST_REST)
                .settingNamespaces(manner.watched())
                .withRetry(manner.retry()));
  }

  /** Whether every watch on the API server is alive. */
  public boolean isHealthy() {
    return operator.getRuntimeInfo().isStarted()
        && operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  /** Answers for a webhook, by path; from the caches alone. */
  public Map<String, Function<AdmissionRequest, AdmissionAnswer>> handlers(
      PodAdmission.Defaults defaults) {
    return admissions.handlers(kubernetes, defaults);
  }

  /** Hands what the caches say in numbers to what shows it. */
  public void show(Gauges.Display display) {
    gauges.show(display);
  }

  @Override
  public void close() {
    sweeps.close();
    operator.stop();
  }
}
