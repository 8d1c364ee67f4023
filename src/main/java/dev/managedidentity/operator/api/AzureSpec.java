package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Azure resource behind a ManagedIdentity; what is absent comes from the configuration. */
public record AzureSpec(
    @Pattern("^[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}$")
        @JsonPropertyDescription(
            "Name of the Azure resource: 3 to 128 letters, digits, '-' or '_', starting with a"
                + " letter or a digit. Default: derived, unique for cluster, namespace and name."
                + " Immutable.")
        @Nullable String name,
    @Pattern("^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$")
        @JsonPropertyDescription("Subscription that holds the identity. Immutable.")
        @Nullable String subscriptionId,
    @Pattern("^[a-zA-Z0-9_().-]{0,89}[a-zA-Z0-9_()-]$")
        @JsonPropertyDescription(
            "Resource group that holds the identity; it must exist. Immutable.")
        @Nullable String resourceGroup,
    @Pattern("^[a-z0-9]{2,64}$")
        @JsonPropertyDescription("Azure region in its short form, such as westeurope. Immutable.")
        @Nullable String location,
    @JsonPropertyDescription(
            "None: usable from every region. Regional: usable from its own region only. Default:"
                + " None.")
        @Default("None")
        IsolationScope isolationScope,
    @Size(max = 46)
        @ValidationRule(
            value =
                "self.all(k, k.size() > 0 && k.size() <= 512 && !k.matches('[<>%&?/]') &&"
                    + " !k.contains('\\\\'))",
            message = "a tag name has 1 to 512 characters, none of < > % & \\ ? /")
        @ValidationRule(
            value = "self.all(k, self[k].size() <= 256)",
            message = "a tag value has at most 256 characters")
        @ValidationRule(
            value = "self.all(k, !k.lowerAscii().startsWith('managedidentity.dev'))",
            message = "tags that start with managedidentity.dev belong to the operator")
        @JsonPropertyDescription(
            "Tags of the Azure resource, besides the operator's own ownership tags. At most 46.")
        Map<String, String> tags) {

  /** Everything from the operator's configuration. */
  public static final AzureSpec DEFAULTS =
      new AzureSpec(null, null, null, null, IsolationScope.NONE, Map.of());

  /** Fills in what the YAML left out: Jackson passes null for it. */
  public AzureSpec {
    isolationScope = isolationScope == null ? IsolationScope.NONE : isolationScope;
    tags = tags == null ? Map.of() : Map.copyOf(tags);
  }
}
