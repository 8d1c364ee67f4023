package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A service account whose pods sign in as the identity. */
public record ServiceAccountSubject(
    @Required
        @Size(max = KubernetesNames.OBJECT_LENGTH)
        @ValidationRule(value = KubernetesNames.OBJECT, message = KubernetesNames.OBJECT_MESSAGE)
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "subject.serviceAccount.name is immutable: create another IdentityBinding for"
                    + " another service account")
        @JsonPropertyDescription("Name of the service account. It may be created later. Immutable.")
        String name,
    @Default("false")
        @JsonPropertyDescription(
            "Whether the operator creates the service account when it does not exist; one that it"
                + " created is deleted with the binding.")
        Boolean create,
    @Default("true")
        @JsonPropertyDescription(
            "Whether the operator sets the annotations azure.workload.identity/client-id,"
                + " azure.workload.identity/tenant-id and"
                + " azure.workload.identity/service-account-token-expiration on the service"
                + " account, from which the Azure Workload Identity webhook configures pods. When"
                + " several bindings name one service account, only one of them can annotate it.")
        Boolean annotate) {

  /** Fills in what the YAML left out: Jackson passes null for it. */
  public ServiceAccountSubject {
    create = create != null && create;
    annotate = annotate == null || annotate;
  }
}
