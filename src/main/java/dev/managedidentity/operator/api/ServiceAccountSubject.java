package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A service account whose pods sign in as the identity. */
public record ServiceAccountSubject(
    @Required
        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
        @ValidationRule(
            value = "self == oldSelf",
            message = "the subject is immutable: create another IdentityBinding instead")
        @JsonPropertyDescription("Name of the service account. Immutable.")
        String name,
    @Default("false")
        @JsonPropertyDescription(
            "Whether the operator creates the service account when it does not exist; one that it"
                + " created goes with the binding.")
        Boolean create,
    @Default("true")
        @JsonPropertyDescription(
            "Whether the operator sets the annotations azure.workload.identity/client-id,"
                + " /tenant-id and /service-account-token-expiration on the service account. Of"
                + " several bindings of one account only one can.")
        Boolean annotate) {

  /** Fills in what the YAML left out: Jackson passes null for it. */
  public ServiceAccountSubject {
    create = create != null && create;
    annotate = annotate == null || annotate;
  }
}
