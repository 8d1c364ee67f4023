package dev.managedidentity.operator;

import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.Cloud;
import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.azure.LanedGateway;
import dev.managedidentity.operator.azure.arm.AzureClients;
import dev.managedidentity.operator.kube.ClusterFacts;
import dev.managedidentity.operator.settings.AzureSettings;
import dev.managedidentity.operator.settings.Settings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.util.Map;

/** Turns settings into a running operator: the one place that knows every part. */
final class Wiring implements AutoCloseable {
  private final KubernetesClient kubernetes;
  private final ManagedIdentityOperator operator;

  private Wiring(KubernetesClient kubernetes, ManagedIdentityOperator operator) {
    this.kubernetes = kubernetes;
    this.operator = operator;
  }

  static Wiring start(Settings settings, Map<String, String> environment) {
    var clock = Clock.systemUTC();
    var cloud = cloud(settings.azure());
    var kubernetes = new KubernetesClientBuilder().build();
    var cluster = ClusterFacts.read(kubernetes, settings.federation().issuer());
    var azure = AzureClients.connect(cloud, settings.azure().timeout(), clock, environment);
    var operator =
        ManagedIdentityOperator.start(
            new ManagedIdentityOperator.Surroundings(
                kubernetes,
                new LanedGateway(azure),
                defaults(settings.azure()),
                new Federation(cluster.id(), cluster.issuer(), audience(settings.azure(), cloud)),
                environment.getOrDefault("HOSTNAME", "operator")),
            clock);
    return new Wiring(kubernetes, operator);
  }

  private static Cloud cloud(AzureSettings azure) {
    return switch (azure.cloud()) {
      case PUBLIC -> Cloud.PUBLIC;
      case US_GOVERNMENT -> Cloud.US_GOVERNMENT;
      case CHINA -> Cloud.CHINA;
      case CUSTOM -> {
        var custom = java.util.Objects.requireNonNull(azure.custom());
        yield Cloud.custom(
            custom.authorityHost().toString(),
            custom.resourceManagerEndpoint().toString(),
            custom.resourceManagerAudience().toString(),
            custom.caFile());
      }
    };
  }

  private static String audience(AzureSettings azure, Cloud cloud) {
    var custom = azure.custom();
    return custom == null ? cloud.federationAudience() : custom.federationAudience();
  }

  private static AzureDefaults defaults(AzureSettings azure) {
    var defaults = azure.defaults();
    return new AzureDefaults(
        defaults.subscriptionId(), defaults.resourceGroup(), defaults.location(), defaults.tags());
  }

  @Override
  public void close() {
    operator.close();
    kubernetes.close();
  }
}
