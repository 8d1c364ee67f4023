package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
            "Pending: about to be written. Active: written. Foreign: one of the same issuer,"
                + " subject and audience that somebody else made is used. Refused: not written, see"
                + " the conditions.")
        State state,
    @JsonPropertyDescription(
            "Client id of the identity when the credential was written: an identity that was"
                + " created anew has lost its credentials.")
        @Nullable String clientId,
    @JsonPropertyDescription(
            "When a token was last exchanged by this credential, as proof that a pod can.")
        @Nullable String verifiedAt,
    @JsonPropertyDescription("How long that exchange took, in milliseconds.")
        @Nullable Integer verificationMillis,
    @JsonPropertyDescription(
            "When the credential is removed, because its issuer has been replaced: tokens of the"
                + " former issuer are accepted until then.")
        @Nullable String retireAt) {

  /** One that was not proven since it was last written. */
  public FederatedCredentialStatus(
      String name,
      String identity,
      String issuer,
      String subject,
      String audience,
      State state,
      @Nullable String clientId) {
    this(name, identity, issuer, subject, audience, state, clientId, null, null, null);
  }

  /** Whether both are the same object in Azure. */
  public boolean isSameObject(FederatedCredentialStatus other) {
    return name.equals(other.name) && identity.equalsIgnoreCase(other.identity);
  }

  /** Whether both accept the same tokens for the same identity. */
  public boolean isSameLogin(FederatedCredentialStatus other) {
    return identity.equalsIgnoreCase(other.identity)
        && issuer.equals(other.issuer)
        && subject.equals(other.subject);
  }

  /** The same credential, further on; nothing is proven any more. */
  public FederatedCredentialStatus in(State next) {
    return new FederatedCredentialStatus(
        name, identity, issuer, subject, audience, next, clientId, null, null, retireAt);
  }

  /** The same credential, proven at this time by an exchange that took so long. */
  public FederatedCredentialStatus verified(Instant now, Duration took) {
    return new FederatedCredentialStatus(
        name,
        identity,
        issuer,
        subject,
        audience,
        state,
        clientId,
        now.truncatedTo(ChronoUnit.SECONDS).toString(),
        (int) took.toMillis(),
        retireAt);
  }

  /** The same credential, to be removed at this time. */
  public FederatedCredentialStatus retiring(Instant time) {
    return until(time.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** The same credential, not to be removed any more. */
  public FederatedCredentialStatus staying() {
    return until(null);
  }

  private FederatedCredentialStatus until(@Nullable String end) {
    return new FederatedCredentialStatus(
        name,
        identity,
        issuer,
        subject,
        audience,
        state,
        clientId,
        verifiedAt,
        verificationMillis,
        end);
  }

  /** Whether it is there or may be. */
  public Use use() {
    return switch (state) {
      case REFUSED -> Use.NONE;
      case PENDING -> Use.MAYBE;
      case ACTIVE, FOREIGN -> Use.YES;
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
    /** It exists, and somebody else made it. */
    @JsonProperty("Foreign")
    FOREIGN,
    /** It does not exist: Azure refused it. */
    @JsonProperty("Refused")
    REFUSED
  }
}
