package dev.managedidentity.operator.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.process.FreePorts;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.dev.rig.TrialPod;
import dev.managedidentity.dev.rig.WebhookRegistration;
import dev.managedidentity.operator.api.ManagedIdentity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** Of two replicas one works; both answer the API server, and the other goes on when it must. */
class ReplicasIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String RECONCILED = "managed_identity_reconcile_duration_seconds_count";

  @Test
  @SuppressWarnings("try") // the leader is killed before its time
  void bothAnswerAndOneWorks() throws Exception {
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
        var rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()))) {
      var admin = controlPlane.admin();
      var leaderPort = FreePorts.choose();
      var otherPort = FreePorts.choose();
      WebhookRegistration.apply(admin, leaderPort);
      try (var leader = start(rig, controlPlane.newFolder("leader"), leaderPort);
          var other = start(rig, controlPlane.newFolder("other"), otherPort)) {
        eventually(() -> assertThat(TrialPod.isSeen(admin)).isTrue());
        apply(admin, "orders");
        eventually(() -> assertThat(clientId(admin, "orders")).isNotEmpty());
        eventually(() -> assertThat(metrics(leader)).contains(RECONCILED));
        assertThat(metrics(other)).doesNotContain(RECONCILED);

        leader.close();
        WebhookRegistration.apply(admin, otherPort);

        eventually(() -> assertThat(TrialPod.isSeen(admin)).isTrue());
        apply(admin, "payments");
        eventually(() -> assertThat(clientId(admin, "payments")).isNotEmpty());
        eventually(() -> assertThat(metrics(other)).contains(RECONCILED));
      }
    }
  }

  private static OperatorProcess start(Rig rig, Path folder, int port) {
    var operator = OperatorProcess.start(rig, folder, WebhookRegistration.configuration(port));
    operator.awaitReady();
    return operator;
  }

  private static void apply(KubernetesClient admin, String name) {
    var identity =
        Serialization.unmarshal(
            """
            apiVersion: managedidentity.dev/v1alpha1
            kind: ManagedIdentity
            metadata: {name: %s, namespace: default}
            spec: {}
            """
                .formatted(name),
            ManagedIdentity.class);
    admin.resource(identity).serverSideApply();
  }

  private static String clientId(KubernetesClient admin, String name) {
    var status =
        admin
            .resources(ManagedIdentity.class)
            .inNamespace("default")
            .withName(name)
            .get()
            .getStatus();
    return status == null || status.clientId() == null ? "" : status.clientId();
  }

  private static String metrics(OperatorProcess operator) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(metricsOf(operator)).build(), BodyHandlers.ofString())
          .body();
    }
  }

  private static URI metricsOf(OperatorProcess operator) {
    return operator.readiness().resolve("/metrics");
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
  }
}
