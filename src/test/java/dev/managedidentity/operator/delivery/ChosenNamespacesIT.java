package dev.managedidentity.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.cluster.CrdInstaller;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.process.FreePorts;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.dev.rig.WebhookRegistration;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.delivery.Audit.Request;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code watchNamespaces} the operator has rights in these alone, and needs no others. */
class ChosenNamespacesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void itWorksThereAndNowhereElse(@TempDir Path folder) {
    var audit = new Audit(folder.resolve("audit.log"));
    try (var controlPlane =
            ControlPlane.start(
                ControlPlaneOptions.standard().withApiServerFlags(audit.flags(Rig.USER)));
        var rig = Rig.bare(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()))) {
      var admin = controlPlane.admin();
      CrdInstaller.install(admin);
      List.of(Rig.OPERATOR, "shop", "elsewhere").forEach(name -> createNamespace(admin, name));
      var values = "{crds: {install: false}, watchNamespaces: [shop]}";
      Chart.offline().objects(values).stream()
          .filter(
              isOneOf("ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"))
          .forEach(item -> admin.resource(item).serverSideApply());
      var port = FreePorts.choose();
      WebhookRegistration.apply(admin, port);

      try (var operator =
          OperatorProcess.start(
              rig,
              controlPlane.newFolder("operator"),
              WebhookRegistration.configuration(port) + "\nwatch: {namespaces: [shop]}")) {
        operator.awaitReady();
        admin.resource(identity("elsewhere")).create();
        var day = new Day(admin, "shop");
        await().atMost(PATIENCE).until(day::isOver);
        assertThat(admin.resource(identity("elsewhere")).require().getStatus()).isNull();
      }

      assertThat(audit.since(0).filter(Predicate.not(Request::isAllowed))).isEmpty();
    }
  }

  private static void createNamespace(KubernetesClient admin, String name) {
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  private static Predicate<HasMetadata> isOneOf(String... kinds) {
    return item -> List.of(kinds).contains(item.getKind());
  }

  private static ManagedIdentity identity(String namespace) {
    return Serialization.unmarshal(
        """
        apiVersion: managedidentity.dev/v1alpha1
        kind: ManagedIdentity
        metadata: {name: orders, namespace: %s}
        spec: {}
        """
            .formatted(namespace),
        ManagedIdentity.class);
  }
}
