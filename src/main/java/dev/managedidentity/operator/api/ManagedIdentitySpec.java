package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
@ValidationRule(
    value = "(self.type == 'SystemAssigned') == has(self.owner)",
    message = "owner is given exactly when type is SystemAssigned",
    fieldPath = ".owner")
@ValidationRule(
    value = "self.type != 'SystemAssigned' || !self.?azure.?name.hasValue()",
    message =
        "azure.name is not given with type SystemAssigned: the identity is named after its owner",
    fieldPath = ".azure.name")
@ValidationRule(
    value = "!self.?owner.?azureResource.hasValue() || !has(self.azure)",
    message = "azure is not given with owner.azureResource: the identity is where its resource is",
    fieldPath = ".azure")
@ValidationRule(
    value = "self.type != 'SystemAssigned' || !has(self.allowedNamespaces)",
    message =
        "allowedNamespaces is not given with type SystemAssigned: only its owner uses the identity",
    fieldPath = ".allowedNamespaces")
@ValidationRule(
    value = "self.type != 'SystemAssigned' || !has(self.federation)",
    message = "federation is not given with type SystemAssigned: such an identity has one binding",
    fieldPath = ".federation")
@ValidationRule(
    value =
        "self.managementPolicy != 'Adopt' || self.type != 'UserAssigned'"
            + " || self.?azure.?name.hasValue()",
    message = "managementPolicy Adopt needs azure.name: the name of the identity to take over",
    fieldPath = ".managementPolicy")
@ValidationRule(
    value = "self.managementPolicy != 'Adopt' || self.type == 'UserAssigned'",
    message =
        "managementPolicy Adopt is only for type UserAssigned: a system-assigned identity comes"
            + " with its owner",
    fieldPath = ".managementPolicy")
public record ManagedIdentitySpec(
    @Default("UserAssigned")
        @ValidationRule(
            value = "self == oldSelf",
            message = "type is immutable: create another ManagedIdentity")
        @JsonPropertyDescription(
            "Type of managed identity. UserAssigned: an Azure resource of its own, which many"
                + " bindings may share. SystemAssigned: tied to the life of its owner, which alone"
                + " can use it. Immutable.")
        IdentityType type,
    @JsonPropertyDescription(
            "Whose the identity is; given exactly when type is SystemAssigned. Immutable.")
        @Nullable IdentityOwner owner,
    @JsonPropertyDescription(
            "What the identity is in Azure. What is absent comes from the operator's configuration"
                + " when the identity is created.")
        AzureSpec azure,
    @Default("Manage")
        @JsonPropertyDescription(
            "Manage: the identity is created and kept as asked; one that somebody else made is"
                + " refused. Adopt: one that somebody else made is taken over. Observe: nothing is"
                + " written; status.plan says what would be.")
        ManagementPolicy managementPolicy,
    @JsonPropertyDescription(
            "What happens in Azure when this resource is deleted. Delete: the role assignments and"
                + " the identity are removed. Retain: both stay, and a resource of the same"
                + " namespace and name takes them over again. Default: Delete; Retain for an"
                + " identity that was adopted.")
        @Nullable DeletionPolicy deletionPolicy,
    @JsonPropertyDescription(
            "Namespaces whose IdentityBindings may bind the identity. Default: its own.")
        AllowedNamespaces allowedNamespaces,
    @JsonPropertyDescription("How federated credentials are spread over Azure identities.")
        FederationSpec federation,
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
    managementPolicy = managementPolicy == null ? ManagementPolicy.MANAGE : managementPolicy;
    allowedNamespaces = allowedNamespaces == null ? AllowedNamespaces.SAME : allowedNamespaces;
    federation = federation == null ? FederationSpec.DEFAULTS : federation;
    roleAssignments = roleAssignments == null ? List.of() : List.copyOf(roleAssignments);
  }

  /** The workload that owns the identity; null when it has no such owner. */
  public @Nullable WorkloadRef workload() {
    return owner == null ? null : owner.workload();
  }

  /** Resource id of the Azure resource that owns the identity; null when it has no such owner. */
  public @Nullable String azureResource() {
    return owner == null || owner.azureResource() == null ? null : owner.azureResource().id();
  }
}
