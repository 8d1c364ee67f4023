package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Whose a system-assigned identity is: its life is tied to this. */
@ValidationRule(
    value = "has(self.workload) != has(self.azureResource)",
    message = "owner is exactly one of workload and azureResource")
@ValidationRule(
    value = "self == oldSelf",
    message = "owner is immutable: create another ManagedIdentity")
public record IdentityOwner(
    @JsonPropertyDescription(
            "A workload of this namespace: the identity is for its service account alone, and is"
                + " deleted when the workload is.")
        @Nullable WorkloadRef workload,
    @JsonPropertyDescription(
            "An Azure resource: its own system-assigned identity is enabled, granted the roles, and"
                + " disabled when this resource is deleted, unless it was enabled before.")
        @Nullable AzureResourceRef azureResource) {}
