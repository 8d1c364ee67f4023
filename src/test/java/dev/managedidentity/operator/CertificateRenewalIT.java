package dev.managedidentity.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.process.FreePorts;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.dev.rig.TrialPod;
import dev.managedidentity.dev.rig.WebhookRegistration;
import dev.managedidentity.operator.leadership.Leadership;
import dev.managedidentity.operator.pods.AccountIdentities;
import dev.managedidentity.operator.pods.PodAdmission;
import dev.managedidentity.operator.pods.UnboundPods;
import dev.managedidentity.operator.settings.WebhookSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The webhook's certificate is renewed while pods are created, and every one of them is seen. */
class CertificateRenewalIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Webhook.Timing TIMING =
      new Webhook.Timing(Duration.ZERO, Duration.ofMillis(100));

  /** Certificates live for 90 days and are renewed after two thirds of that. */
  private static final Duration DUE = Duration.ofDays(61);

  /** Until every API server knows the next authority. */
  private static final Duration SETTLED = Duration.ofMinutes(11);

  private final AtomicReference<Instant> time = new AtomicReference<>(Instant.now().minus(DUE));

  @Test
  void noAdmissionFailsMeanwhile() {
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
        var rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()));
        var client = new KubernetesClientBuilder().withConfig(rig.operatorConfig()).build();
        var webhook = start(controlPlane.admin(), client)) {
      var admin = controlPlane.admin();
      await().atMost(PATIENCE).until(() -> TrialPod.isSeen(admin));
      var first = certificate(admin);
      var isOver = new AtomicBoolean();
      var missed = new AtomicInteger();
      var stream = CompletableFuture.runAsync(() -> create(admin, isOver, missed));

      time.set(Instant.now()); // API servers go by the true time
      await().atMost(PATIENCE).until(() -> authorities(admin) == 2);
      assertSeen(admin);
      time.updateAndGet(now -> now.plus(SETTLED));
      await().atMost(PATIENCE).until(() -> !certificate(admin).equals(first));
      assertSeen(admin);

      isOver.set(true);
      stream.join();
      assertThat(missed).hasValue(0);
      assertThat(webhook.isReady()).isTrue();
    }
  }

  private Webhook start(KubernetesClient admin, KubernetesClient client) {
    var port = FreePorts.choose();
    WebhookRegistration.apply(admin, port);
    var pods =
        new PodAdmission(
            (_, _) -> new AccountIdentities(List.of(), false),
            new PodAdmission.Defaults("https://login.example/", "audience", 3600),
            UnboundPods.WAIT,
            Set.of());
    return Webhook.start(
        new WebhookSettings(true, "127.0.0.1", port, WebhookRegistration.HOST, Rig.OPERATOR, null),
        client,
        new Webhook.Service(Map.of(Webhook.PODS, pods::answer), (_, _, _) -> {}, TIMING),
        Leadership.ofTheOnly(),
        time::get);
  }

  private static void create(KubernetesClient admin, AtomicBoolean isOver, AtomicInteger missed) {
    while (!isOver.get()) {
      if (!TrialPod.isSeen(admin)) {
        missed.incrementAndGet();
      }
    }
  }

  private static void assertSeen(KubernetesClient admin) {
    for (var pods = 0; pods < 50; pods++) {
      assertThat(TrialPod.isSeen(admin)).isTrue();
    }
  }

  /** How many the API server trusts. */
  private static int authorities(KubernetesClient admin) {
    var bundle =
        admin
            .admissionRegistration()
            .v1()
            .mutatingWebhookConfigurations()
            .withName(Rig.OPERATOR)
            .get()
            .getWebhooks()
            .getFirst()
            .getClientConfig()
            .getCaBundle();
    return new String(Base64.getDecoder().decode(bundle), StandardCharsets.US_ASCII)
            .split("-----BEGIN", -1)
            .length
        - 1;
  }

  private static String certificate(KubernetesClient admin) {
    return secret(admin).getOrDefault("tls.crt", "");
  }

  private static Map<String, String> secret(KubernetesClient admin) {
    return admin
        .secrets()
        .inNamespace(Rig.OPERATOR)
        .withName(Rig.OPERATOR + "-webhook")
        .get()
        .getData();
  }
}
