package dev.managedidentity.operator;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.azure.Cloud;
import dev.managedidentity.operator.azure.SubscriptionCredential;
import dev.managedidentity.operator.binding.CredentialRules;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.inventory.Intervals;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.pods.UnboundPods;
import dev.managedidentity.operator.settings.AzureSettings;
import dev.managedidentity.operator.settings.FederationSettings;
import dev.managedidentity.operator.settings.InventorySettings;
import dev.managedidentity.operator.settings.Settings;
import java.util.List;
import java.util.Optional;

/** Settings as the values that the parts of the operator take. */
final class Configured {
  private Configured() {}

  static Cloud cloud(AzureSettings azure) {
    return switch (azure.cloud()) {
      case PUBLIC -> Cloud.PUBLIC;
      case US_GOVERNMENT -> Cloud.US_GOVERNMENT;
      case CHINA -> Cloud.CHINA;
      case CUSTOM -> {
        var custom = requireNonNull(azure.custom(), "settings were checked");
        yield Cloud.custom(
            custom.authorityHost().toString(),
            custom.resourceManagerEndpoint().toString(),
            custom.resourceManagerAudience().toString(),
            custom.caFile());
      }
    };
  }

  static String audience(AzureSettings azure, Cloud cloud) {
    var custom = azure.custom();
    return custom == null ? cloud.federationAudience() : custom.federationAudience();
  }

  static AzureDefaults defaults(AzureSettings azure) {
    var defaults = azure.defaults();
    return new AzureDefaults(
        defaults.subscriptionId(), defaults.resourceGroup(), defaults.location(), defaults.tags());
  }

  static List<SubscriptionCredential> credentials(AzureSettings azure) {
    return azure.credentials().stream()
        .map(
            other ->
                new SubscriptionCredential(
                    other.subscriptions(), other.tenantId(), other.clientId()))
        .toList();
  }

  static Guardrails guardrails(Settings settings) {
    var defaults = settings.azure().defaults();
    return new Guardrails(
        settings.guardrails().rules(),
        defaults.subscriptionId(),
        defaults.resourceGroup(),
        settings.guardrails().removeRefusedRoles());
  }

  /** What the webhook does with pods that have no binding; empty when there is no webhook. */
  static Optional<UnboundPods> webhook(Settings settings) {
    return settings.webhook().enabled()
        ? Optional.of(settings.pods().waitForBinding() ? UnboundPods.WAIT : UnboundPods.START)
        : Optional.empty();
  }

  static CredentialRules rules(FederationSettings federation) {
    return new CredentialRules(
        federation.verification().enabled(),
        federation.verification().interval(),
        federation.issuerGracePeriod());
  }

  /** What is wrong with a credential is known after one more list of identities. */
  static Intervals intervals(InventorySettings inventory) {
    var more = inventory.identities().plus(Inventory.SETTLING);
    var credentials = inventory.credentials().minus(more);
    return new Intervals(
        inventory.identities(),
        credentials.compareTo(more) > 0 ? credentials : inventory.credentials(),
        inventory.roleAssignments(),
        inventory.resources(),
        Inventory.SETTLING);
  }
}
