package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One federated credential as the operator left it. */
@JsonClassDescription(
    "One federated credential: Entra trusts tokens of this issuer, subject and audience.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record FederatedCredentialStatus(
    @JsonPropertyDescription("Name of the credential.") String name,
    @JsonPropertyDescription("Resource id of the identity that holds it.") String identity,
    @JsonPropertyDescription("Issuer of the tokens that it accepts.") String issuer,
    @JsonPropertyDescription("Subject of the tokens that it accepts.") String subject,
    @JsonPropertyDescription("Audience of the tokens that it accepts.") String audience,
    @JsonPropertyDescription(
            "Pending: about to be written. Active: written. Refused: not written, see the"
                + " conditions.")
        State state,
    @JsonPropertyDescription(
            "Client id of the identity when the credential was written: an identity that was"
                + " created anew has lost its credentials.")
        @Nullable String clientId) {

  /** Whether both are the same object in Azure. */
  public boolean isSameObject(FederatedCredentialStatus other) {
    return name.equals(other.name) && identity.equalsIgnoreCase(other.identity);
  }

  /** The same credential, further on. */
  public FederatedCredentialStatus in(State next) {
    return new FederatedCredentialStatus(name, identity, issuer, subject, audience, next, clientId);
  }

  Use use() {
    return switch (state) {
      case REFUSED -> Use.NONE;
      case PENDING -> Use.MAYBE;
      case ACTIVE -> Use.YES;
    };
  }

  /** How far a credential has come. */
  public enum State {
    /** Its name is decided; it may or may not exist in Azure. */
    @JsonProperty("Pending")
    PENDING,
    /** It exists. */
    @JsonProperty("Active")
    ACTIVE,
    /** It does not exist: Azure refused it. */
    @JsonProperty("Refused")
    REFUSED
  }
}
