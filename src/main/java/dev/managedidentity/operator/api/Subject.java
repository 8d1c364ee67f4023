package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Who signs in as an identity. */
@ValidationRule(
    value =
        "[has(self.serviceAccount), has(self.serviceAccountSelector), has(self.azureResource),"
            + " has(self.external)].filter(given, given).size() == 1",
    message =
        "subject is exactly one of serviceAccount, serviceAccountSelector, azureResource and"
            + " external")
@ValidationRule(
    value =
        "has(self.serviceAccount) == has(oldSelf.serviceAccount)"
            + " && has(self.serviceAccountSelector) == has(oldSelf.serviceAccountSelector)"
            + " && has(self.azureResource) == has(oldSelf.azureResource)",
    message = "subject is immutable: create another IdentityBinding for another subject")
public record Subject(
    @JsonPropertyDescription(
            "A service account of the binding's namespace: pods that run as it sign in as the"
                + " identity.")
        @Nullable ServiceAccountSubject serviceAccount,
    @JsonPropertyDescription(
            "Every service account of the binding's namespace that has these labels; accounts may"
                + " come and go.")
        @Nullable ServiceAccountSelector serviceAccountSelector,
    @ValidationRule(
            value = "self == oldSelf",
            message =
                "subject.azureResource is immutable: create another IdentityBinding for another"
                    + " resource")
        @JsonPropertyDescription(
            "An Azure resource, such as a virtual machine or a web app, to which the identity is"
                + " assigned: what runs on it signs in as the identity.")
        @Nullable AzureResourceRef azureResource,
    @ValidationRule(
            value = "self == oldSelf",
            message =
                "subject.external is immutable: create another IdentityBinding for another"
                    + " subject")
        @JsonPropertyDescription(
            "Somebody outside of the cluster whose issuer is known: a CI system, another cluster.")
        @Nullable ExternalSubject external) {

  /** The pods of one service account. */
  public static Subject of(ServiceAccountSubject account) {
    return new Subject(account, null, null, null);
  }

  /** The pods of every service account with these labels. */
  public static Subject of(ServiceAccountSelector selector) {
    return new Subject(null, selector, null, null);
  }

  /** What runs on an Azure resource. */
  public static Subject of(AzureResourceRef resource) {
    return new Subject(null, null, resource, null);
  }

  /** Somebody outside of the cluster. */
  public static Subject of(ExternalSubject external) {
    return new Subject(null, null, null, external);
  }
}
