package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Azure resource behind a ManagedIdentity; what is absent comes from the configuration. */
public record AzureSpec(
    @Size(max = 128)
        @ValidationRule(
            value = "self.matches('^[a-zA-Z0-9][a-zA-Z0-9_-]{2,}$')",
            message =
                "name is 3 to 128 letters, digits, '-' or '_', and starts with a letter or a digit")
        @ValidationRule(
            value = "!self.matches('(?i)-[0-9a-f]{12}$')",
            message =
                "name does not end with '-' and 12 hexadecimal digits: the operator derives names"
                    + " of that form, and never asks whose they are")
        @ValidationRule(
            value = "self == oldSelf",
            message = "name is immutable: create another ManagedIdentity")
        @JsonPropertyDescription(
            "Name of the identity in Azure. Default: derived from the namespace and the name of"
                + " this resource, with a suffix that makes it unique among clusters. Immutable.")
        @Nullable String name,
    @Size(max = 36)
        @ValidationRule(
            value = "self.matches('^" + AzureSpec.GUID + "$')",
            message = "subscriptionId is a GUID, such as 0b1f6471-1bf0-4dda-aec3-111122223333")
        @ValidationRule(
            value = "self == oldSelf",
            message = "subscriptionId is immutable: create another ManagedIdentity")
        @JsonPropertyDescription("Subscription that holds the identity. Immutable.")
        @Nullable String subscriptionId,
    @Size(max = 90)
        @ValidationRule(
            value = "self.matches(r'^" + AzureSpec.RESOURCE_GROUP + "$')",
            message =
                "resourceGroup is 1 to 90 letters, digits, '_', '-', '.', '(' or ')', and does not"
                    + " end with '.'")
        @ValidationRule(
            value = "self == oldSelf",
            message = "resourceGroup is immutable: create another ManagedIdentity")
        @JsonPropertyDescription(
            "Resource group that holds the identity; it must exist. Immutable.")
        @Nullable String resourceGroup,
    @Size(max = 64)
        @ValidationRule(
            value = "self.matches('^" + AzureSpec.LOCATION + "$')",
            message =
                "location is the short name of an Azure region: 2 to 64 lower-case letters and"
                    + " digits, such as westeurope")
        @ValidationRule(
            value = "self == oldSelf",
            message = "location is immutable: create another ManagedIdentity")
        @JsonPropertyDescription(
            "Azure region of the identity by its short name, such as westeurope. Immutable.")
        @Nullable String location,
    @Default("None")
        @JsonPropertyDescription(
            "None: resources of every region may use the identity. Regional: only those of its own"
                + " region.")
        IsolationScope isolationScope,
    @Size(max = AzureSpec.MOST_TAGS)
        @ValidationRule(
            value =
                "self.all(k, k.size() <= "
                    + AzureSpec.TAG_NAME_LENGTH
                    + " && k.matches(r'^"
                    + AzureSpec.TAG_NAME_CHARACTER
                    + "+$'))",
            message = "tags has names of 1 to 512 characters, none of them any of < > % & \\ ? /")
        @ValidationRule(
            value = "self.all(k, !k.matches('" + AzureSpec.RESERVED_TAG_NAME + "'))",
            message =
                "tags has no name that starts with managedidentity.dev, which marks what the"
                    + " operator owns, or with microsoft, azure or windows, which Azure reserves")
        @ValidationRule(
            value =
                "self.all(k, self.all(other, k == other || k.lowerAscii() != other.lowerAscii()))",
            message = "tags has no two names that differ only in case: to Azure they are the same")
        @JsonPropertyDescription(
            "Tags of the identity in Azure, at most 46: Azure allows 50, and four mark the identity"
                + " as the operator's.")
        Map<String, @Size(max = AzureSpec.TAG_VALUE_LENGTH) String> tags) {

  /** Regular expression of a GUID; all of these mean the same in Java and in CEL. */
  public static final String GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  /** Regular expression of a resource group's name: Azure allows the letters of every language. */
  public static final String RESOURCE_GROUP = "[\\p{L}\\p{Nd}_().-]{0,89}[\\p{L}\\p{Nd}_()-]";

  /** Regular expression of a region's short name. */
  public static final String LOCATION = "[a-z][a-z0-9]{1,63}";

  /** How many tags users have: Azure allows 50, and four are the operator's. */
  public static final int MOST_TAGS = 46;

  /** Azure's limit of a tag's name. */
  public static final int TAG_NAME_LENGTH = 512;

  /** Azure's limit of a tag's value. */
  public static final int TAG_VALUE_LENGTH = 256;

  /** Regular expression of a character that a tag's name may have. */
  public static final String TAG_NAME_CHARACTER = "[^<>%&\\\\?/]";

  /** Regular expression of how a tag's name must not begin. */
  public static final String RESERVED_TAG_NAME =
      "(?i)^(managedidentity[.]dev|microsoft|azure|windows)";

  /** Everything from the operator's configuration. */
  public static final AzureSpec DEFAULTS =
      new AzureSpec(null, null, null, null, IsolationScope.NONE, Map.of());

  /** Fills in what the YAML left out: Jackson passes null for it. */
  public AzureSpec {
    isolationScope = isolationScope == null ? IsolationScope.NONE : isolationScope;
    tags = tags == null ? Map.of() : Map.copyOf(tags);
  }
}
