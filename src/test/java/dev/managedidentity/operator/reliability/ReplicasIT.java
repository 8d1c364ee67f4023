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
import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** Of two replicas one works; both answer the API server, and the other goes on when it must. */
class ReplicasIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Then nothing keeps one write from following the other. */
  private static final String UNVERIFIED = "federation: {verification: {enabled: false}}";

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
        apply(rig, "orders");
        eventually(() -> assertThat(clientId(admin, "orders")).isNotEmpty());
        eventually(() -> assertThat(metrics(leader)).contains(RECONCILED));
        assertThat(metrics(other)).doesNotContain(RECONCILED);

        leader.close();
        WebhookRegistration.apply(admin, otherPort);

        eventually(() -> assertThat(TrialPod.isSeen(admin)).isTrue());
        apply(rig, "payments");
        eventually(() -> assertThat(clientId(admin, "payments")).isNotEmpty());
        eventually(() -> assertThat(metrics(other)).contains(RECONCILED));

        givesUpTheLeaseWhenItIsStopped(rig, other);
      }
    }
  }

  /** Then the next one need not wait until the lease runs out. */
  private static void givesUpTheLeaseWhenItIsStopped(Rig rig, OperatorProcess leader) {
    leader.stop();

    assertThat(leader.exitsWithin(PATIENCE)).isTrue();
    var spec =
        rig.controlPlane()
            .admin()
            .leases()
            .inNamespace(Rig.OPERATOR)
            .withName(Rig.OPERATOR)
            .get()
            .getSpec();
    assertThat(spec.getHolderIdentity()).isNullOrEmpty();
    assertThat(leader.log().lines()).noneMatch(line -> line.contains("\"ERROR\""));
  }

  /** It has more to write, and does not know yet that its time is over. */
  @Test
  void aLeaderThatWasPausedWritesNothingOnceAnotherLeads() throws Exception {
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
        var rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()));
        var leader = start(rig, controlPlane.newFolder("leader"))) {
      var admin = controlPlane.admin();
      apply(rig, "orders");
      eventually(() -> assertThat(clientId(admin, "orders")).isNotEmpty());
      var isWriting = new CompletableFuture<Void>();
      var isPaused = new CompletableFuture<Void>();
      rig.azure()
          .control()
          .beforeNext(
              "userAssignedIdentities/federatedIdentityCredentials/write",
              "",
              _ -> {
                isWriting.complete(null);
                isPaused.join();
              });
      bindAccounts(admin, 20);
      isWriting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      leader.pause();
      isPaused.complete(null);

      try (var other = start(rig, controlPlane.newFolder("other"))) {
        eventually(() -> assertThat(written(admin)).hasSize(20));
        var writes = writes(rig);

        leader.resume();

        assertThat(leader.exitsWithin(PATIENCE)).isTrue();
        assertThat(leader.log().lines()).anyMatch(line -> line.contains("The lease is lost"));
        assertThat(writes(rig)).isEqualTo(writes);
        assertThat(other.isAlive()).isTrue();
      }
    }
  }

  /** One pass writes a credential for each, one after the other. */
  private static void bindAccounts(KubernetesClient admin, int count) {
    for (var number = 0; number < count; number++) {
      admin
          .resource(
              new ServiceAccountBuilder()
                  .withNewMetadata()
                  .withNamespace("default")
                  .withName("api-" + number)
                  .addToLabels("app", "api")
                  .endMetadata()
                  .build())
          .create();
    }
    var binding =
        Serialization.unmarshal(
            """
            apiVersion: managedidentity.dev/v1alpha1
            kind: IdentityBinding
            metadata: {name: api, namespace: default}
            spec:
              identityRef: {name: orders}
              subject: {serviceAccountSelector: {matchLabels: {app: api}}}
            """,
            IdentityBinding.class);
    admin.resource(binding).create();
  }

  private static List<FederatedCredentialStatus> written(KubernetesClient admin) {
    return Stream.ofNullable(
            admin
                .resources(IdentityBinding.class)
                .inNamespace("default")
                .withName("api")
                .get()
                .getStatus())
        .flatMap(status -> status.federatedCredentials().stream())
        .filter(entry -> entry.state() == FederatedCredentialStatus.State.ACTIVE)
        .toList();
  }

  private static OperatorProcess start(Rig rig, Path folder, int port) {
    var operator = OperatorProcess.start(rig, folder, WebhookRegistration.configuration(port));
    operator.awaitReady();
    return operator;
  }

  private static OperatorProcess start(Rig rig, Path folder) {
    var operator = OperatorProcess.start(rig, folder, UNVERIFIED);
    operator.awaitReady();
    return operator;
  }

  private static void apply(Rig rig, String name) {
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
    rig.controlPlane().admin().resource(identity).serverSideApply();
  }

  private static String clientId(KubernetesClient admin, String name) {
    return Objects.requireNonNullElse(status(admin, name).clientId(), "");
  }

  private static ManagedIdentityStatus status(KubernetesClient admin, String name) {
    return Objects.requireNonNullElse(
        admin
            .resources(ManagedIdentity.class)
            .inNamespace("default")
            .withName(name)
            .get()
            .getStatus(),
        ManagedIdentityStatus.EMPTY);
  }

  private static long writes(Rig rig) {
    return rig.azure().control().requests().stream()
        .filter(request -> request.operation().endsWith("/write"))
        .count();
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
