package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One assignment of an identity to an Azure resource as the operator left it. */
@JsonClassDescription("One assignment of an identity to an Azure resource.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AssignmentStatus(
    @JsonPropertyDescription("Resource id of the Azure resource.") String resource,
    @JsonPropertyDescription("Resource id of the identity that is assigned to it.") String identity,
    @JsonPropertyDescription("Client id of the identity when it was assigned.")
        @Nullable String clientId,
    @JsonPropertyDescription(
            "Pending: about to be assigned or removed. Assigned: done by the operator. Foreign: it"
                + " was assigned before; it is used and never removed. Refused: not assigned, see"
                + " the conditions.")
        State state,
    @JsonPropertyDescription("URL of Azure's operation that is under way.")
        @Nullable String operation) {

  /** Whether both are the same identity on the same resource. */
  public boolean isSameObject(AssignmentStatus other) {
    return resource.equalsIgnoreCase(other.resource) && identity.equalsIgnoreCase(other.identity);
  }

  /** The same assignment, further on; no operation is under way. */
  public AssignmentStatus in(State next) {
    return new AssignmentStatus(resource, identity, clientId, next, null);
  }

  /** The same assignment, while Azure works. */
  public AssignmentStatus waitingFor(String url) {
    return new AssignmentStatus(resource, identity, clientId, state, url);
  }

  Use use() {
    return switch (state) {
      case REFUSED -> Use.NONE;
      case PENDING -> Use.MAYBE;
      case ASSIGNED, FOREIGN -> Use.YES;
    };
  }

  /** How far an assignment has come. */
  public enum State {
    /** It may or may not be there. */
    @JsonProperty("Pending")
    PENDING,
    /** It is there and the operator's. */
    @JsonProperty("Assigned")
    ASSIGNED,
    /** It was there before. */
    @JsonProperty("Foreign")
    FOREIGN,
    /** It is not there: Azure or the operator refused it. */
    @JsonProperty("Refused")
    REFUSED
  }
}
