package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Who signs in as an identity. */
public record Subject(
    @Required
        @JsonPropertyDescription(
            "A service account of the binding's namespace: pods that run as it sign in as the"
                + " identity.")
        ServiceAccountSubject serviceAccount) {}
