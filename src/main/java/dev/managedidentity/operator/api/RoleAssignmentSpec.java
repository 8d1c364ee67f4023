package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One grant: a role at a scope. */
public record RoleAssignmentSpec(
    @Required
        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
            "Role by name, such as Storage Blob Data Reader, or by the resource id of its"
                + " definition.")
        String role,
    @Required
        @Size(min = 2, max = 2048)
        @Pattern(
            "^/(subscriptions/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
                + "(/[^/?#%\\s]+/[^/?#%\\s]+)*"
                + "|providers/Microsoft[.]Management/managementGroups/[^/?#%\\s]+)$")
        @JsonPropertyDescription(
            "Resource id of the management group, subscription, resource group or resource to"
                + " which the role applies.")
        String scope) {}
