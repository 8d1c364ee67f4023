package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a team asks of Azure: an identity, its lifetime, its grants and who may bind it. */
@JsonClassDescription("What Azure shall have: the identity, its grants, and who may bind it.")
@ValidationRule(
    value = "self.?azure.?name.hasValue() == oldSelf.?azure.?name.hasValue()",
    message = "azure.name cannot be added or removed later: create another ManagedIdentity",
    fieldPath = ".azure.name")
@ValidationRule(
    value = "self.?azure.?subscriptionId.hasValue() == oldSelf.?azure.?subscriptionId.hasValue()",
    message =
        "azure.subscriptionId cannot be added or removed later: create another ManagedIdentity",
    fieldPath = ".azure.subscriptionId")
@ValidationRule(
    value = "self.?azure.?resourceGroup.hasValue() == oldSelf.?azure.?resourceGroup.hasValue()",
    message =
        "azure.resourceGroup cannot be added or removed later: create another ManagedIdentity",
    fieldPath = ".azure.resourceGroup")
@ValidationRule(
    value = "self.?azure.?location.hasValue() == oldSelf.?azure.?location.hasValue()",
    message = "azure.location cannot be added or removed later: create another ManagedIdentity",
    fieldPath = ".azure.location")
public record ManagedIdentitySpec(
    @Default("UserAssigned")
        @JsonPropertyDescription(
            "Type of managed identity. UserAssigned: an Azure resource of its own, which many"
                + " bindings may share.")
        IdentityType type,
    @JsonPropertyDescription(
            "What the identity is in Azure. What is absent comes from the operator's configuration"
                + " when the identity is created.")
        AzureSpec azure,
    @Default("Delete")
        @JsonPropertyDescription(
            "What happens in Azure when this resource is deleted. Delete: the role assignments and"
                + " the identity are removed. Retain: both stay, and a resource of the same"
                + " namespace and name takes them over again.")
        DeletionPolicy deletionPolicy,
    @JsonPropertyDescription(
            "Namespaces whose IdentityBindings may bind the identity. Default: its own.")
        AllowedNamespaces allowedNamespaces,
    @Size(max = 50)
        @ValidationRule(
            value =
                "self.all(one, self.all(other, one.role == other.role && one.scope == other.scope"
                    + " || one.role.lowerAscii() != other.role.lowerAscii()"
                    + " || one.scope.lowerAscii() != other.scope.lowerAscii()))",
            message =
                "roleAssignments has no two entries whose role and scope differ only in case: to"
                    + " Azure they are the same")
        @JsonPropertyDescription(
            "Azure RBAC roles that the identity has, at most 50. The operator removes only"
                + " assignments that it made itself.")
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
