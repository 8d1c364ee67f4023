package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How many of its federated credentials an identity has used up. */
@JsonClassDescription("How many federated credentials the identity has, of how many it may have.")
public record CredentialUsage(
    @JsonPropertyDescription("Federated credentials on the identity, those of others too.")
        int used,
    @JsonPropertyDescription("How many Azure allows.") int limit) {}
