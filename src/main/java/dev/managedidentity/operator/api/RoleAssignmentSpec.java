package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One grant: a role at a scope. */
@JsonClassDescription("A role that the identity has at a scope and everything below it.")
public record RoleAssignmentSpec(
    @Required
        @Size(max = 512)
        @ValidationRule(
            value = "self.matches(r'^\\S(.*\\S)?$')",
            message =
                "role is one line of 1 to 512 characters that neither starts nor ends with a space")
        @ValidationRule(
            value = "!self.startsWith('/') || self.matches(" + RoleAssignmentSpec.DEFINITION + ")",
            message =
                "role is the name of a role, such as Reader, or the resource id of its definition:"
                    + " /providers/Microsoft.Authorization/roleDefinitions/<GUID>, with"
                    + " /subscriptions/<GUID> before it or not")
        @ValidationRule(
            value = "!self.matches('^" + AzureSpec.GUID + "$')",
            message =
                "role is not a GUID alone: write"
                    + " /providers/Microsoft.Authorization/roleDefinitions/<GUID>")
        @JsonPropertyDescription(
            "Role by name, such as Storage Blob Data Reader, or by the resource id of its"
                + " definition, such as /providers/Microsoft.Authorization/roleDefinitions/"
                + "acdd72a7-3385-48ef-bd42-f606fba81ae7. Ids are safe against renamed roles.")
        String role,
    @Required
        @Size(max = 1024)
        @ValidationRule(
            value = "self.matches(" + RoleAssignmentSpec.SCOPE + ")",
            message =
                "scope is the resource id of a subscription (/subscriptions/<GUID>), a resource"
                    + " group (.../resourceGroups/<name>), a resource"
                    + " (.../providers/<namespace>/<type>/<name>) or a management group"
                    + " (/providers/Microsoft.Management/managementGroups/<name>), without a slash"
                    + " at its end, empty parts, spaces and any of ? # % & < > \\")
        @ValidationRule(
            value = "!self.matches('/[.][.]?(/|$)')",
            message = "scope has no part that is . or .. alone: write the resource id in full")
        @JsonPropertyDescription(
            "Resource id of the management group, subscription, resource group or resource at"
                + " which the identity has the role.")
        String scope,
    @Size(max = 8192)
        @ValidationRule(
            value = "self.matches(r'\\S')",
            message = "condition is not blank: leave it out when the role counts everywhere")
        @JsonPropertyDescription(
            "Condition of the assignment in Azure's language of conditions (version 2.0): the role"
                + " counts only where it holds.")
        @Nullable String condition,
    @Size(max = 1024)
        @ValidationRule(
            value = "self.matches(r'\\S')",
            message = "description is not blank: leave it out for the default")
        @JsonPropertyDescription(
            "Description of the assignment, which Azure shows beside it. Default: the name of this"
                + " resource and of its cluster.")
        @Nullable String description) {

  static final String PART = "[^/?#%&<>\\s\\\\]+";

  /** CEL literal: the form of a role definition's resource id. */
  static final String DEFINITION =
      "r'(?i)^(/subscriptions/"
          + AzureSpec.GUID
          + ")?/providers/Microsoft[.]Authorization/roleDefinitions/"
          + AzureSpec.GUID
          + "$'";

  /** CEL literal: the form of a scope's resource id. */
  static final String SCOPE =
      "r'(?i)^/(subscriptions/"
          + AzureSpec.GUID
          + "(/resourceGroups/"
          + PART
          + ")?(/providers/[a-z0-9]+([.][a-z0-9]+)*(/[a-z0-9._-]+/"
          + PART
          + ")+)*|providers/Microsoft[.]Management/managementGroups/"
          + PART
          + ")$'";
}
