package dev.managedidentity.operator.settings;

import java.time.Duration;
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
        Duration timeout) {

  /** Refuses a custom cloud without endpoints, and endpoints of another cloud. */
  public AzureSettings {
    if ((cloud == CloudName.CUSTOM) != (custom != null)) {
      throw new IllegalArgumentException("A custom cloud has endpoints and no other has");
    }
  }
}
