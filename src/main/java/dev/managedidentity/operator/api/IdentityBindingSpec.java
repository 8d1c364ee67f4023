package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Who may sign in as which identity. */
@JsonClassDescription("Who signs in as which identity, and with what tokens.")
@ValidationRule(
    value = "!has(self.subject.azureResource) || !has(self.audience)",
    message = "audience is not given with subject.azureResource: no token of it is exchanged",
    fieldPath = ".audience")
@ValidationRule(
    value =
        "!has(self.issuer) || has(self.subject.serviceAccount)"
            + " || has(self.subject.serviceAccountSelector)",
    message = "issuer is given only with service accounts: others have an issuer of their own",
    fieldPath = ".issuer")
public record IdentityBindingSpec(
    @Required
        @JsonPropertyDescription(
            "The ManagedIdentity to sign in as. It may be created after the binding.")
        IdentityRef identityRef,
    @Required @JsonPropertyDescription("Who signs in as the identity.") Subject subject,
    @Size(max = 600)
        @ValidationRule(
            value = "self.matches('^[!-~]+$')",
            message =
                "audience is 1 to 600 ASCII characters without spaces, such as"
                    + " api://AzureADTokenExchange")
        @JsonPropertyDescription(
            "Audience of the tokens that are exchanged. Default: that of the operator's cloud,"
                + " api://AzureADTokenExchange in Azure public.")
        @Nullable String audience,
    @Size(max = Issuers.LENGTH)
        @ValidationRule(value = Issuers.RULE, message = Issuers.MESSAGE)
        @JsonPropertyDescription(
            "Issuer of the service accounts' tokens, letter by letter as in their iss claim."
                + " Default: that of the cluster.")
        @Nullable String issuer,
    @Min(3600)
        @Max(86400)
        @Default("3600")
        @JsonPropertyDescription(
            "Lifetime of the service account token that pods get, in seconds, from 3600 to 86400.")
        Integer tokenExpirationSeconds,
    @Default("Never")
        @JsonPropertyDescription(
            "What becomes of workloads whose pods were started without the settings to sign in, or"
                + " with those of another identity. Never: they are named in an Event and counted"
                + " in status.pods. Restart: Deployments, StatefulSets and DaemonSets are"
                + " restarted, once for each client id.")
        Rollout rollout) {

  /** For how long pods' tokens live where nothing else is asked for, in seconds. */
  public static final int DEFAULT_EXPIRATION_SECONDS = 3600;

  /** Fills in what the YAML left out: Jackson passes null for it. */
  public IdentityBindingSpec {
    tokenExpirationSeconds =
        tokenExpirationSeconds == null ? DEFAULT_EXPIRATION_SECONDS : tokenExpirationSeconds;
    rollout = rollout == null ? Rollout.NEVER : rollout;
  }
}
