package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a team asks of Azure: an identity, its lifetime, its grants and who may bind it. */
@ValidationRule(
    value =
        "self.?azure.?name == oldSelf.?azure.?name"
            + " && self.?azure.?subscriptionId == oldSelf.?azure.?subscriptionId"
            + " && self.?azure.?resourceGroup == oldSelf.?azure.?resourceGroup"
            + " && self.?azure.?location == oldSelf.?azure.?location",
    message =
        "azure.name, azure.subscriptionId, azure.resourceGroup and azure.location are immutable:"
            + " create another ManagedIdentity instead")
public record ManagedIdentitySpec(
    @Default("UserAssigned")
        @ValidationRule(value = "self == oldSelf", message = "type is immutable")
        @JsonPropertyDescription(
            "Type of managed identity. UserAssigned: stand-alone, may be shared by many bindings."
                + " Immutable.")
        IdentityType type,
    @JsonPropertyDescription(
            "What the Azure resource is. Every field defaults from the operator's configuration.")
        AzureSpec azure,
    @Default("Delete")
        @JsonPropertyDescription(
            "What happens in Azure when this resource is deleted. Delete: the role assignments and"
                + " the identity are removed. Retain: both stay, and a resource of the same"
                + " namespace and name takes them over again.")
        DeletionPolicy deletionPolicy,
    @JsonPropertyDescription(
            "Namespaces whose IdentityBindings may bind this identity. Default: only its own.")
        AllowedNamespaces allowedNamespaces,
    @JsonPropertyDescription(
            "Azure RBAC roles granted to the identity. The operator removes only assignments that"
                + " it made itself.")
        List<RoleAssignmentSpec> roleAssignments) {

  /** Fills in what the YAML left out: Jackson passes null for it. */
  public ManagedIdentitySpec {
    type = type == null ? IdentityType.USER_ASSIGNED : type;
    azure = azure == null ? AzureSpec.DEFAULTS : azure;
    deletionPolicy = deletionPolicy == null ? DeletionPolicy.DELETE : deletionPolicy;
    allowedNamespaces = allowedNamespaces == null ? AllowedNamespaces.SAME : allowedNamespaces;
    roleAssignments = roleAssignments == null ? List.of() : List.copyOf(roleAssignments);
  }
}
