package dev.managedidentity.operator.settings;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a ManagedIdentity gets where its {@code spec.azure} leaves a field out. */
public record IdentityDefaults(
    @Property(
            syntax = Syntax.GUID,
            description =
                "Subscription of identities whose `spec.azure.subscriptionId` is absent. Without"
                    + " a default, the field is required in every ManagedIdentity.")
        @Nullable String subscriptionId,
    @Property(
            syntax = Syntax.RESOURCE_GROUP,
            description =
                "Resource group of identities whose `spec.azure.resourceGroup` is absent. It must"
                    + " exist.")
        @Nullable String resourceGroup,
    @Property(
            syntax = Syntax.REGION,
            description =
                "Region of identities whose `spec.azure.location` is absent, in Azure's short form,"
                    + " such as `westeurope`.")
        @Nullable String location,
    @Property(
            syntax = Syntax.TAGS,
            fallback = "{}",
            description =
                "Tags of every identity; a tag of the same name in `spec.azure.tags` wins. The"
                    + " environment variable takes a JSON object, which replaces the file's tags.")
        Map<String, String> tags) {

  /** Copies the tags, sorted, so that they print the same way every time. */
  public IdentityDefaults {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }
}
