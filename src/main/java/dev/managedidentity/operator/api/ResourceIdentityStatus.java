package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The system-assigned identity of an Azure resource as the operator left it. */
@JsonClassDescription("The Azure resource whose system-assigned identity this is.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ResourceIdentityStatus(
    @JsonPropertyDescription("Resource id of the Azure resource.") String id,
    @JsonPropertyDescription(
            "Whether the identity was enabled before: then it is never disabled by the operator.")
        boolean enabledBefore,
    @JsonPropertyDescription(
            "Pending: about to be enabled or disabled. Enabled: it is there. Gone: the resource"
                + " does not exist any more.")
        State state,
    @JsonPropertyDescription("URL of Azure's operation that is under way.")
        @Nullable String operation) {

  /** The same resource, further on; no operation is under way. */
  public ResourceIdentityStatus in(State next) {
    return new ResourceIdentityStatus(id, enabledBefore, next, null);
  }

  /** The same resource, while Azure works. */
  public ResourceIdentityStatus waitingFor(String url) {
    return new ResourceIdentityStatus(id, enabledBefore, state, url);
  }

  /** How far the resource's identity has come. */
  public enum State {
    /** It may or may not be enabled. */
    @JsonProperty("Pending")
    PENDING,
    /** It is enabled. */
    @JsonProperty("Enabled")
    ENABLED,
    /** The resource, and with it the identity, does not exist any more. */
    @JsonProperty("Gone")
    GONE
  }
}
