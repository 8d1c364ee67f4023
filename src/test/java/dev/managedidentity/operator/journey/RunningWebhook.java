package dev.managedidentity.operator.journey;

import dev.managedidentity.dev.process.FreePorts;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.dev.rig.TrialPod;
import dev.managedidentity.dev.rig.WebhookRegistration;
import dev.managedidentity.operator.ManagedIdentityOperator;
import dev.managedidentity.operator.Webhook;
import dev.managedidentity.operator.leadership.Leadership;
import dev.managedidentity.operator.pods.PodAdmission;
import dev.managedidentity.operator.runtime.Telemetry;
import dev.managedidentity.operator.settings.WebhookSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;

/** The webhook of an operator, registered on the API server as it ships. */
final class RunningWebhook {

  private static final Webhook.Timing TIMING =
      new Webhook.Timing(Duration.ZERO, Duration.ofSeconds(1));

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
            new Webhook.Service(handlers, telemetry, TIMING),
            Leadership.ofTheOnly(),
            Clock.systemUTC());
    TrialPod.awaitSeen(admin);
    return webhook;
  }
}
