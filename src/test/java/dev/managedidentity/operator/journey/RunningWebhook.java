package dev.managedidentity.operator.journey;

import static org.awaitility.Awaitility.await;

import dev.managedidentity.dev.process.FreePorts;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.dev.rig.WebhookRegistration;
import dev.managedidentity.operator.Leadership;
import dev.managedidentity.operator.ManagedIdentityOperator;
import dev.managedidentity.operator.Webhook;
import dev.managedidentity.operator.pods.PodAdmission;
import dev.managedidentity.operator.runtime.Telemetry;
import dev.managedidentity.operator.settings.WebhookSettings;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The webhook of an operator, registered on the API server as it ships. */
final class RunningWebhook {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private RunningWebhook() {}

  /** Returns when the API server asks it. */
  static Webhook start(
      Rig rig, KubernetesClient client, ManagedIdentityOperator operator, Telemetry telemetry) {
    var admin = rig.controlPlane().admin();
    var port = FreePorts.choose();
    WebhookRegistration.apply(admin, port);
    var settings =
        new WebhookSettings(true, "127.0.0.1", port, WebhookRegistration.HOST, Rig.OPERATOR, null);
    var handlers =
        operator.handlers(
            new PodAdmission.Defaults(
                rig.azure().authorityHost() + "/", TokenEndpoint.AUDIENCE, 3600));
    var webhook =
        Webhook.start(
            settings,
            client,
            new Webhook.Service(handlers, telemetry, Duration.ZERO),
            Leadership.ofTheOnly(),
            Clock.systemUTC());
    await().atMost(PATIENCE).until(() -> isAsked(admin));
    return webhook;
  }

  /** A trial: nothing is stored. */
  private static boolean isAsked(KubernetesClient admin) {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("trial")
            .withNamespace("default")
            .withLabels(Map.of("azure.workload.identity/use", "true"))
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("main")
            .withImage("main")
            .endContainer()
            .endSpec()
            .build();
    var admitted = admin.resource(pod).dryRun().create();
    return !admitted.getSpec().getSchedulingGates().isEmpty();
  }
}
