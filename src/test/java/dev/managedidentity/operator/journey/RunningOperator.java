package dev.managedidentity.operator.journey;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.operator.ManagedIdentityOperator;
import dev.managedidentity.operator.ManagedIdentityOperator.Surroundings;
import dev.managedidentity.operator.Webhook;
import dev.managedidentity.operator.api.LabelSelector;
import dev.managedidentity.operator.api.LabelSelector.Operator;
import dev.managedidentity.operator.api.LabelSelector.Requirement;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.Cloud;
import dev.managedidentity.operator.azure.LanedGateway;
import dev.managedidentity.operator.azure.arm.AzureClients;
import dev.managedidentity.operator.azure.budget.Budgets;
import dev.managedidentity.operator.guardrails.GuardrailRule;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.inventory.Intervals;
import dev.managedidentity.operator.issuer.ClusterIssuer;
import dev.managedidentity.operator.kube.ClusterFacts;
import dev.managedidentity.operator.leadership.Leadership;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.runtime.MeteredGateway;
import dev.managedidentity.operator.runtime.ReconcileMetrics;
import dev.managedidentity.operator.runtime.Telemetry;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The operator in this JVM, as its service account, between a control plane and an emulator. */
record RunningOperator(
    Setup setup,
    Rig rig,
    KubernetesClient client,
    ClusterIssuer issuer,
    ManagedIdentityOperator operator,
    Optional<Webhook> webhook,
    Queue<Finding> findings,
    Telemetry telemetry)
    implements AutoCloseable {

  /** A namespace with this label is under the rule that the value names. */
  static final String LABEL = "guardrails";

  /** One that the platform team has added to the fence around the operator's tokens. */
  static final String FURTHER_AUDIENCE = "api://orders.example";

  private static final Duration OFTEN = Duration.ofSeconds(1);
  private static final Intervals INTERVALS =
      new Intervals(OFTEN, OFTEN, OFTEN, OFTEN, Duration.ZERO);

  static RunningOperator start(ControlPlane controlPlane, Setup setup) {
    var azure = AzureEmulator.start(setup.azure());
    var rig = Rig.on(controlPlane, azure);
    allowFurtherAudience(controlPlane.admin());
    var options = setup.prepare(rig);
    var client = new KubernetesClientBuilder().withConfig(config(rig, options.trust())).build();
    var cluster = ClusterFacts.read(client, null);
    var cloud =
        Cloud.custom(
            azure.authorityHost(), azure.armEndpoint(), azure.armEndpoint(), azure.caFile());
    var telemetry = new Telemetry("test");
    var findings = new ConcurrentLinkedQueue<Finding>();
    var gateway =
        new LanedGateway(
            new MeteredGateway(gateway(cloud, azure, options), telemetry),
            new LanedGateway.Meter(System::nanoTime, telemetry::waitedInLane));
    var signingIn = options.trust().signingIn(client, cluster, cloud, gateway, telemetry);
    var operator =
        ManagedIdentityOperator.start(
            new Surroundings(
                client,
                List.of(),
                gateway,
                new AzureDefaults(azure.subscriptionId(), "platform", "westeurope", Map.of()),
                guardrails(azure, options.removesRefusedRoles()),
                INTERVALS,
                signingIn,
                options.webhook(),
                Leadership.ofTheOnly(),
                new ReconcileMetrics(telemetry),
                findings::add,
                "test"),
            Clock.systemUTC());
    var webhook =
        options.webhook().map(_ -> RunningWebhook.start(rig, client, operator, telemetry));
    return new RunningOperator(
        setup, rig, client, signingIn.cluster(), operator, webhook, findings, telemetry);
  }

  private static void allowFurtherAudience(KubernetesClient admin) {
    admin
        .admissionRegistration()
        .v1()
        .validatingAdmissionPolicies()
        .withName(Rig.OPERATOR + "-tokens")
        .edit(
            policy -> {
              policy.getSpec().getVariables().stream()
                  .filter(variable -> variable.getName().equals("audiences"))
                  .forEach(
                      variable ->
                          variable.setExpression(
                              "['%s', '%s']".formatted(TokenEndpoint.AUDIENCE, FURTHER_AUDIENCE)));
              return policy;
            });
  }

  /** A token would end with its issuer; the certificate that is there instead does not. */
  private static Config config(Rig rig, TrustOptions trust) {
    return trust.isDiscovered()
        ? rig.controlPlane().serviceAccountCertificateConfig(Rig.OPERATOR, Rig.OPERATOR)
        : rig.operatorConfig();
  }

  /** What Prometheus would get. */
  String metrics() {
    return telemetry.scrape();
  }

  private static AzureGateway gateway(Cloud cloud, AzureEmulator azure, Setup.Options options) {
    var environment = new HashMap<>(options.environment());
    environment.put("AZURE_TENANT_ID", azure.tenantId());
    environment.put("AZURE_CLIENT_ID", azure.clientId());
    environment.put("AZURE_CLIENT_SECRET", azure.clientSecret());
    return AzureClients.connect(
        cloud,
        Duration.ofSeconds(30),
        Clock.systemUTC(),
        new AzureClients.Caller(environment, options.credentials()),
        new AzureClients.Restraints(new Budgets(System::nanoTime, Budgets.Meter.NONE), () -> {}));
  }

  /** Everything is open but for namespaces whose label {@code guardrails} says otherwise. */
  private static Guardrails guardrails(AzureEmulator azure, boolean removesRefusedRoles) {
    var unlabelled = new Requirement(LABEL, Operator.DOES_NOT_EXIST, List.of());
    var open =
        new GuardrailRule(
            "open",
            new LabelSelector(Map.of(), List.of(unlabelled)),
            List.of("*"),
            List.of("*"),
            List.of(),
            List.of("/subscriptions/*"),
            List.of("*"),
            List.of(
                "/subscriptions/*",
                "/providers/Microsoft.Management/managementGroups/landing-zones"),
            List.of("/subscriptions/*"),
            List.of("*"));
    var shop =
        new GuardrailRule(
            "shop",
            new LabelSelector(Map.of(LABEL, "shop"), List.of()),
            List.of(),
            List.of(),
            List.of("shop-*"),
            List.of(),
            List.of("Reader"),
            List.of("/subscriptions/" + azure.subscriptionId() + "/resourceGroups/platform"),
            List.of(),
            List.of());
    return new Guardrails(
        List.of(open, shop), azure.subscriptionId(), "platform", removesRefusedRoles);
  }

  @Override
  public void close() {
    webhook.ifPresent(Webhook::close);
    operator.close();
    issuer.close();
    client.close();
    rig.close();
    telemetry.close();
  }
}
