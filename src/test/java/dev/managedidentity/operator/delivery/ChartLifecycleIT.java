package dev.managedidentity.operator.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.dev.chart.ChartFile;
import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.process.FreePorts;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.dev.tools.Tool.Outcome;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The chart in a cluster: brought in, upgraded, taken back, taken out. */
@TestInstance(Lifecycle.PER_CLASS)
class ChartLifecycleIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Path FIRST_CRDS = Path.of("src/test/resources/crds/first");

  @SuppressWarnings("NullAway.Init") // before all
  private ControlPlane controlPlane;

  @SuppressWarnings("NullAway.Init") // before all
  private Chart chart;

  @BeforeAll
  void start() {
    controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
    chart = Chart.in(controlPlane.adminKubeconfig());
  }

  @AfterAll
  void stop() {
    controlPlane.close();
  }

  @Test
  void livesItsWholeLife(@TempDir Path folder) throws IOException {
    var admin = controlPlane.admin();
    var former = former(folder.resolve("former"));

    succeeds(chart.release("install", "", former.toString(), "--create-namespace", "-f", "-"));
    assertThat(knowsObservation(admin)).isFalse();
    var spec = admin.resource(identity()).create().getSpec();

    succeeds(chart.release("upgrade", "", Chart.FOLDER, "-f", "-"));
    assertThat(knowsObservation(admin)).isTrue();
    assertThat(stored(admin).getSpec()).isEqualTo(spec);

    succeeds(chart.release("rollback", "", "1"));
    assertThat(knowsObservation(admin)).isFalse();
    assertThat(stored(admin).getSpec()).isEqualTo(spec);
    succeeds(chart.release("rollback", "", "2"));

    worksWithWhatWasRendered(folder);

    succeeds(chart.release("uninstall", ""));
    assertThat(admin.resource(identity()).get()).isNotNull();
    assertThat(admin.apps().deployments().inNamespace(Rig.OPERATOR).list().getItems()).isEmpty();
    assertThat(admin.rbac().clusterRoles().withName(Rig.OPERATOR).get()).isNull();
  }

  /** An operator with the rendered configuration and the rendered rights does its work. */
  private void worksWithWhatWasRendered(Path folder) throws IOException {
    var admin = controlPlane.admin();
    try (var rig = Rig.bare(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()))) {
      var azure = rig.azure();
      var port = FreePorts.choose();
      var values = Chart.valuesFor(azure, azure.caFile().toString(), port);
      succeeds(chart.release("upgrade", values, Chart.FOLDER, "-f", "-"));
      rig.awaitPolicies();
      var configuration =
          admin.configMaps().inNamespace(Rig.OPERATOR).withName(Rig.OPERATOR).get().getData();

      try (var operator =
          OperatorProcess.configured(
              rig,
              Files.createDirectory(folder.resolve("operator")),
              requireNonNull(configuration.get("operator.yaml")),
              port)) {
        operator.awaitReady();
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(stored(admin).getStatus())
                        .extracting(ManagedIdentityStatus::clientId)
                        .isNotNull());
        admin.resource(identity()).delete();
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(admin.resource(identity()).get()).isNull());
        assertThat(operator.log().lines()).noneMatch(line -> line.contains("orbidden"));
      }
      admin.resource(identity()).create();
    }
  }

  /** The API server itself says whether a pod of the operator fits the restricted standard. */
  @Test
  void itsPodsFitTheRestrictedStandard() {
    var admin = controlPlane.admin();
    var strict = namespace("strict");
    admin.resource(strict).create();
    var template =
        chart.objects("crds: {install: false}").stream()
            .filter(object -> object.getKind().equals("Deployment"))
            .map(ChartLifecycleIT::deployment)
            .findFirst()
            .orElseThrow()
            .getSpec()
            .getTemplate();
    admin
        .serviceAccounts()
        .inNamespace("strict")
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(Rig.OPERATOR)
                .endMetadata()
                .build())
        .create();
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("operator")
            .withNamespace("strict")
            .endMetadata()
            .withSpec(template.getSpec())
            .build();

    assertThat(admin.resource(pod).dryRun().create()).isNotNull();

    pod.getSpec().getContainers().getFirst().getSecurityContext().setAllowPrivilegeEscalation(true);
    assertThatThrownBy(() -> admin.resource(pod).dryRun().create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("restricted");
  }

  private static Deployment deployment(GenericKubernetesResource object) {
    return Serialization.unmarshal(Serialization.asYaml(object), Deployment.class);
  }

  private static Namespace namespace(String name) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
        .endMetadata()
        .build();
  }

  /** The chart with the CRDs that this repository had first. */
  private static Path former(Path folder) throws IOException {
    try (var files = Files.walk(ChartFile.CHART)) {
      for (var file : files.toList()) {
        Files.copy(file, folder.resolve(ChartFile.CHART.relativize(file)));
      }
    }
    try (var files = Files.list(FIRST_CRDS)) {
      for (var file : files.toList()) {
        Files.copy(
            file,
            folder.resolve("files/crds").resolve(file.getFileName()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return folder;
  }

  /** A field that the first CRDs did not have. */
  private static boolean knowsObservation(KubernetesClient admin) {
    var crd =
        admin
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName("managedidentities.managedidentity.dev")
            .get();
    return Serialization.asYaml(crd).contains("managementPolicy:");
  }

  private static ManagedIdentity identity() {
    return Serialization.unmarshal(
        """
        apiVersion: managedidentity.dev/v1alpha1
        kind: ManagedIdentity
        metadata: {name: orders, namespace: default}
        spec: {}
        """,
        ManagedIdentity.class);
  }

  private static ManagedIdentity stored(KubernetesClient admin) {
    return requireNonNull(admin.resource(identity()).get());
  }

  private static void succeeds(Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
  }
}
