package dev.managedidentity.operator.journey;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.operator.ManagedIdentityOperator;
import dev.managedidentity.operator.ManagedIdentityOperator.Surroundings;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.Cloud;
import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.azure.LanedGateway;
import dev.managedidentity.operator.azure.arm.AzureClients;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.kube.ClusterFacts;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The operator in this JVM, as its service account, between a control plane and an emulator. */
record RunningOperator(Rig rig, KubernetesClient client, ManagedIdentityOperator operator)
    implements AutoCloseable {

  static RunningOperator start(ControlPlane controlPlane) {
    var azure = AzureEmulator.start(EmulatorOptions.defaults());
    var rig = Rig.on(controlPlane, azure);
    var client = new KubernetesClientBuilder().withConfig(rig.operatorConfig()).build();
    var cluster = ClusterFacts.read(client, null);
    var cloud =
        Cloud.custom(
            azure.authorityHost(), azure.armEndpoint(), azure.armEndpoint(), azure.caFile());
    var environment =
        Map.of(
            "AZURE_TENANT_ID", azure.tenantId(),
            "AZURE_CLIENT_ID", azure.clientId(),
            "AZURE_CLIENT_SECRET", azure.clientSecret());
    var gateway =
        AzureClients.connect(cloud, Duration.ofSeconds(30), Clock.systemUTC(), environment);
    var operator =
        ManagedIdentityOperator.start(
            new Surroundings(
                client,
                new LanedGateway(gateway),
                new AzureDefaults(azure.subscriptionId(), "platform", "westeurope", Map.of()),
                new Federation(cluster.id(), cluster.issuer(), cloud.federationAudience()),
                new Guardrails(List.of(), null, null, false),
                Metrics.NOOP,
                _ -> {},
                "test"),
            Clock.systemUTC());
    return new RunningOperator(rig, client, operator);
  }

  @Override
  public void close() {
    operator.close();
    client.close();
    rig.close();
  }
}
