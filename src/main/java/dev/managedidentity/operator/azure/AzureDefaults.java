package dev.managedidentity.operator.azure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an identity is when its spec does not say: from the operator's configuration. */
public record AzureDefaults(
    @Nullable String subscriptionId,
    @Nullable String resourceGroup,
    @Nullable String location,
    Map<String, String> tags) {
  public AzureDefaults {
    tags = Map.copyOf(tags);
  }
}
