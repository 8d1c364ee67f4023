package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Who signs in as an identity. */
@ValidationRule(
    value = "has(self.serviceAccount) != has(self.azureResource)",
    message = "subject is exactly one of serviceAccount and azureResource")
@ValidationRule(
    value = "has(self.serviceAccount) == has(oldSelf.serviceAccount)",
    message = "subject is immutable: create another IdentityBinding for another subject")
public record Subject(
    @JsonPropertyDescription(
            "A service account of the binding's namespace: pods that run as it sign in as the"
                + " identity.")
        @Nullable ServiceAccountSubject serviceAccount,
    @ValidationRule(
            value = "self == oldSelf",
            message =
                "subject.azureResource is immutable: create another IdentityBinding for another"
                    + " resource")
        @JsonPropertyDescription(
            "An Azure resource, such as a virtual machine or a web app, to which the identity is"
                + " assigned: what runs on it signs in as the identity.")
        @Nullable AzureResourceRef azureResource) {}
