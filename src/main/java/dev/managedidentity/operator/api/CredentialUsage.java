package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How many of its federated credentials an identity has used up. */
public record CredentialUsage(
    @JsonPropertyDescription("Federated credentials on the identity, those of others too.")
        int used,
    @JsonPropertyDescription("How many Azure allows.") int limit) {}
