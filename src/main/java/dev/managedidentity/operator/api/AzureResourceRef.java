package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An Azure resource that can have identities: a virtual machine, a web app, and many others. */
public record AzureResourceRef(
    @Required
        @Size(max = 1024)
        @ValidationRule(
            value = "self.matches(" + AzureResourceRef.ID + ")",
            message =
                "id is the resource id of an Azure resource:"
                    + " /subscriptions/<GUID>/resourceGroups/<name>/providers/<namespace>/<type>/<name>,"
                    + " without a slash at its end, empty parts, spaces and any of ? # % & < > \\")
        @ValidationRule(
            value = "!self.matches('/[.][.]?(/|$)')",
            message = "id has no part that is . or .. alone: write the resource id in full")
        @ValidationRule(
            value = "!self.matches('(?i)/providers/Microsoft[.](ManagedIdentity|Authorization)/')",
            message =
                "id is of a resource that has an identity, such as a virtual machine; an identity"
                    + " has none")
        @JsonPropertyDescription("Resource id of the Azure resource.")
        String id) {

  /** CEL literal: the form of a resource's id. */
  static final String ID =
      "r'(?i)^/subscriptions/"
          + AzureSpec.GUID
          + "/resourceGroups/"
          + RoleAssignmentSpec.PART
          + "(/providers/[a-z0-9]+([.][a-z0-9]+)*(/[a-z0-9._-]+/"
          + RoleAssignmentSpec.PART
          + ")+)+$'";
}
