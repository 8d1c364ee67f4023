package dev.managedidentity.operator.settings;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which Azure the operator works in, and how.
 *
 * @param custom the endpoints of a custom cloud: there exactly when the cloud is {@link
 *     CloudName#CUSTOM}
 * @param timeout how long one call to Azure Resource Manager may take
 */
public record AzureSettings(
    @Property(
            syntax = Syntax.CLOUD,
            fallback = "Public",
            description =
                "The Azure cloud to work in. `Custom` takes its endpoints from `azure.custom`.")
        CloudName cloud,
    @Nullable CustomCloud custom,
    IdentityDefaults defaults,
    @Property(
            syntax = Syntax.DURATION,
            fallback = "30s",
            description =
                "How long one call to Azure Resource Manager may take before it counts as failed.")
        Duration timeout,
    @Property(
            syntax = Syntax.CREDENTIALS,
            fallback = "[]",
            description =
                "Who the operator is in which subscriptions, such as"
                    + " `[{subscriptions: [GUID], tenantId: GUID, clientId: GUID}]`: an application"
                    + " or identity that trusts the operator's service account, or a managed"
                    + " identity of its node. Elsewhere it is who its own environment says. The"
                    + " environment variable takes a JSON list, which replaces the file's.")
        List<CredentialSettings> credentials) {

  /** Refuses a custom cloud without endpoints, and endpoints of another cloud. */
  public AzureSettings {
    if ((cloud == CloudName.CUSTOM) != (custom != null)) {
      throw new IllegalArgumentException("A custom cloud has endpoints and no other has");
    }
    credentials = List.copyOf(credentials);
  }
}
