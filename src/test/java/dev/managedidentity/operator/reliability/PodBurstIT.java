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
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.PodsStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The operator is killed while many pods are created: all of them are admitted, none is lost. */
class PodBurstIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PODS = 200;
  private static final int KILLED_AT = 60;
  private static final int CREATORS = 8;
  private static final String APPLIED =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: api, namespace: shop}
      ---
      apiVersion: managedidentity.dev/v1alpha1
      kind: IdentityBinding
      metadata: {name: api, namespace: shop}
      spec: {identityRef: {name: orders}, subject: {serviceAccount: {name: api}}}
      """;
  private static final String IDENTITY =
      """
      apiVersion: managedidentity.dev/v1alpha1
      kind: ManagedIdentity
      metadata: {name: orders, namespace: shop}
      spec: {}
      """;

  @Test
  void everyPodIsAdmittedAndNoneWaitsForEver() throws Exception {
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
        var rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()))) {
      var admin = controlPlane.admin();
      var port = FreePorts.choose();
      WebhookRegistration.apply(admin, port);
      apply(admin, APPLIED);
      try (var operator = start(rig, controlPlane.newFolder("first"), port)) {
        eventually(() -> assertThat(TrialPod.isSeen(admin)).isTrue());

        createPods(admin, operator);
      }
      var held = pods(admin).stream().filter(PodBurstIT::isHeld).count();
      assertThat(held).isGreaterThanOrEqualTo(KILLED_AT);
      assertThat(pods(admin)).hasSize(PODS);

      apply(admin, IDENTITY); // while nobody works
      try (var _ = start(rig, controlPlane.newFolder("second"), port)) {
        eventually(
            () -> {
              assertThat(pods(admin)).noneMatch(PodBurstIT::isHeld);
              assertThat(counts(admin)).isEqualTo(new PodsStatus(PODS, 0, PODS - (int) held));
            });
      }
    }
  }

  private static OperatorProcess start(Rig rig, Path folder, int port) {
    var operator =
        OperatorProcess.start(
            rig, folder, OperatorProcess.ALONE + "\n" + WebhookRegistration.configuration(port));
    operator.awaitReady();
    return operator;
  }

  /** Any creation that fails, fails the test. */
  private static void createPods(KubernetesClient admin, OperatorProcess operator)
      throws Exception {
    try (var creators = Executors.newFixedThreadPool(CREATORS)) {
      var all =
          IntStream.range(0, PODS)
              .<Callable<Void>>mapToObj(
                  index ->
                      () -> {
                        if (index == KILLED_AT + CREATORS) {
                          operator.close();
                        }
                        admin.resource(pod(index)).create();
                        return null;
                      })
              .toList();
      for (var created : creators.invokeAll(all)) {
        created.get();
      }
    }
  }

  private static boolean isHeld(Pod pod) {
    return !pod.getSpec().getSchedulingGates().isEmpty();
  }

  private static List<Pod> pods(KubernetesClient admin) {
    return admin.pods().inNamespace("shop").list().getItems();
  }

  private static @Nullable PodsStatus counts(KubernetesClient admin) {
    return admin
        .resources(IdentityBinding.class)
        .inNamespace("shop")
        .withName("api")
        .get()
        .getStatus()
        .pods();
  }

  private static Pod pod(int index) {
    return TrialPod.of("shop", "pod-" + index, "api");
  }

  private static void apply(KubernetesClient admin, String yaml) {
    admin
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(item -> admin.resource(item).serverSideApply());
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
  }
}
