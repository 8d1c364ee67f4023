package dev.managedidentity.operator;

import dev.managedidentity.operator.api.IdentityBindingSpec;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.Cloud;
import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.azure.LanedGateway;
import dev.managedidentity.operator.azure.arm.AzureClients;
import dev.managedidentity.operator.azure.arm.TrustedAuthorities;
import dev.managedidentity.operator.azure.budget.Budgets;
import dev.managedidentity.operator.binding.TokenIssuers;
import dev.managedidentity.operator.issuer.ClusterIssuer;
import dev.managedidentity.operator.issuer.IssuerChecks;
import dev.managedidentity.operator.kube.AccountTokens;
import dev.managedidentity.operator.kube.ClusterFacts;
import dev.managedidentity.operator.kube.IssuerDocuments;
import dev.managedidentity.operator.leadership.Leadership;
import dev.managedidentity.operator.pods.PodAdmission;
import dev.managedidentity.operator.proof.Prover;
import dev.managedidentity.operator.runtime.MeteredGateway;
import dev.managedidentity.operator.runtime.MeteredWorkloads;
import dev.managedidentity.operator.runtime.ProbeServer;
import dev.managedidentity.operator.runtime.ReconcileMetrics;
import dev.managedidentity.operator.runtime.Telemetry;
import dev.managedidentity.operator.settings.HttpSettings;
import dev.managedidentity.operator.settings.LeaderElectionSettings;
import dev.managedidentity.operator.settings.Settings;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns settings into a running operator: the one place that knows every part. */
final class Wiring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

  private final Leadership leadership;
  private final KubernetesClient kubernetes;
  private final Telemetry telemetry = new Telemetry(version());
  private final AtomicReference<@Nullable ManagedIdentityOperator> operator =
      new AtomicReference<>();
  private final AtomicReference<@Nullable Webhook> webhook = new AtomicReference<>();
  private final AtomicBoolean isClosing = new AtomicBoolean();
  private final ProbeServer probes;
  private final List<Runnable> closing = new CopyOnWriteArrayList<>();

  private Wiring(Settings settings, String instance) {
    leadership = leadership(settings.leaderElection(), instance);
    kubernetes = client(leadership.fence());
    probes = probes(settings.http());
  }

  /** Probes answer from the first moment; ready is the operator once its caches are filled. */
  static Wiring start(Settings settings, Map<String, String> environment) {
    var instance = environment.getOrDefault("HOSTNAME", "operator");
    var wiring = new Wiring(settings, instance);
    wiring.startOperator(settings, environment, instance);
    LOG.info("Ready; probes and metrics on port {}", wiring.probes.port());
    return wiring;
  }

  private void startOperator(Settings settings, Map<String, String> environment, String instance) {
    var clock = Clock.systemUTC();
    var cloud = Configured.cloud(settings.azure());
    var cluster = ClusterFacts.read(kubernetes, settings.federation().issuer());
    LOG.info("Cluster {} with issuer {}", cluster.id(), cluster.issuer());
    var azure = azure(settings, cloud, clock, environment);
    var running =
        ManagedIdentityOperator.start(
            new ManagedIdentityOperator.Surroundings(
                kubernetes,
                settings.watch().namespaces(),
                azure,
                Configured.defaults(settings.azure()),
                Configured.guardrails(settings),
                Configured.intervals(settings.inventory()),
                signingIn(settings, cluster, cloud, prover(settings, cloud, environment, azure)),
                Configured.webhook(settings),
                leadership,
                new ReconcileMetrics(telemetry),
                telemetry::found,
                instance),
            clock);
    running.show(telemetry::show);
    Configured.webhook(settings).ifPresent(_ -> startWebhook(settings, cloud, running));
    operator.set(running);
  }

  /** Whoever does not lead any more ends at once: another one may be at work already. */
  private Leadership leadership(LeaderElectionSettings settings, String instance) {
    return settings.enabled()
        ? Leadership.by(new Leadership.Election(settings.lease(), instance, this::endAfterLoss))
        : Leadership.ofTheOnly();
  }

  private void endAfterLoss() {
    if (!isClosing.get()) {
      LOG.error("The lease is lost; another replica may lead. This one ends, to start anew.");
      Runtime.getRuntime().halt(1);
    }
  }

  private void startWebhook(Settings settings, Cloud cloud, ManagedIdentityOperator running) {
    var defaults =
        new PodAdmission.Defaults(
            cloud.authorityHost() + "/",
            Configured.audience(settings.azure(), cloud),
            IdentityBindingSpec.DEFAULT_EXPIRATION_SECONDS);
    webhook.set(
        Webhook.start(
            settings.webhook(),
            kubernetes,
            new Webhook.Service(running.handlers(defaults), telemetry, Webhook.Timing.STANDARD),
            leadership,
            Clock.systemUTC()));
  }

  private SigningIn signingIn(Settings settings, ClusterFacts cluster, Cloud cloud, Prover prover) {
    var federation = settings.federation();
    var documents = new IssuerDocuments(kubernetes);
    var issuer =
        federation.issuer() == null
            ? ClusterIssuer.discovered(
                cluster.issuer(), documents::issuer, ClusterIssuer.INTERVAL, new Random())
            : ClusterIssuer.configured(federation.issuer());
    var checks =
        IssuerChecks.overHttps(
            cloud.caFile() == null
                ? TrustedAuthorities.ofJava()
                : TrustedAuthorities.with(cloud.caFile()),
            !cloud.isCustom(),
            new IssuerChecks.Cluster(
                name ->
                    name.equals(issuer.current()) || federation.additionalIssuers().contains(name),
                documents::keys),
            System::nanoTime);
    closing.add(checks::close);
    closing.add(issuer::close);
    issuer.start();
    return new SigningIn(
        new Federation(cluster.id(), Configured.audience(settings.azure(), cloud)),
        issuer,
        new TokenIssuers(issuer::current, federation.additionalIssuers(), checks::report),
        Configured.rules(federation),
        prover::prove,
        telemetry::federated);
  }

  private Prover prover(
      Settings settings, Cloud cloud, Map<String, String> environment, AzureGateway azure) {
    var clock = Clock.systemUTC();
    return new Prover(
        new AccountTokens(kubernetes),
        new MeteredWorkloads(
            AzureClients.connectWorkloads(cloud, settings.azure().timeout(), clock, environment),
            telemetry),
        azure,
        System::nanoTime);
  }

  /** Measured inside the lane: a call's time is not the wait for others of its identity. */
  private AzureGateway azure(
      Settings settings, Cloud cloud, InstantSource clock, Map<String, String> environment) {
    var arm =
        AzureClients.connect(
            cloud,
            settings.azure().timeout(),
            clock,
            new AzureClients.Caller(environment, Configured.credentials(settings.azure())),
            new AzureClients.Restraints(
                new Budgets(System::nanoTime, telemetry), leadership::requireLease));
    return new LanedGateway(
        new MeteredGateway(arm, telemetry),
        new LanedGateway.Meter(System::nanoTime, telemetry::waitedInLane));
  }

  private ProbeServer probes(HttpSettings http) {
    try {
      return ProbeServer.start(
          new InetSocketAddress(http.address(), http.port()),
          new ProbeServer.Probes(() -> true, this::isReady, telemetry::scrape));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private boolean isReady() {
    var running = operator.get();
    var serving = webhook.get();
    return running != null && running.isHealthy() && (serving == null || serving.isReady());
  }

  /** Outside of a cluster a kubeconfig may name no namespace. */
  private static KubernetesClient client(Interceptor fence) {
    var config = new ConfigBuilder().build();
    if (config.getNamespace() == null) {
      config.setNamespace("default");
    }
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("lease", fence))
        .build();
  }

  private static String version() {
    return Objects.requireNonNullElse(
        Wiring.class.getPackage().getImplementationVersion(), "development");
  }

  /**
   * The next replica leads as soon as this one has ended its work; API servers are still answered.
   */
  @Override
  public void close() {
    isClosing.set(true);
    var running = operator.get();
    if (running != null) {
      running.close();
    }
    leadership.end(kubernetes, Clock.systemUTC().instant());
    var serving = webhook.get();
    if (serving != null) {
      serving.close();
    }
    closing.forEach(Runnable::run);
    probes.close();
    kubernetes.close();
    telemetry.close();
  }
}
