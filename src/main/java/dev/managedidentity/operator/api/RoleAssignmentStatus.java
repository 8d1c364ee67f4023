package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One role assignment as the operator left it. */
@JsonClassDescription("One role assignment as the operator left it.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RoleAssignmentStatus(
    @JsonPropertyDescription("Role as the spec names it.") String role,
    @JsonPropertyDescription("Scope as the spec names it.") String scope,
    @JsonPropertyDescription("Resource id of the role definition.")
        @Nullable String roleDefinitionId,
    @JsonPropertyDescription("Principal that the role is assigned to.")
        @Nullable String principalId,
    @JsonPropertyDescription("Resource id of the assignment.") @Nullable String id,
    @JsonPropertyDescription(
            "Fingerprint of the condition and the description that were last written; a difference"
                + " to the spec leads to a write.")
        @Nullable String appliedFingerprint,
    @JsonPropertyDescription(
            "Pending: about to be written. Assigned: made by the operator. Foreign: somebody else"
                + " made the same assignment; it is used and never removed. Refused: see message.")
        State state,
    @JsonPropertyDescription("Why the assignment is as it is, as a stable word.")
        @Nullable String reason,
    @JsonPropertyDescription("Why the assignment is as it is, and what to do.")
        @Nullable String message,
    @JsonPropertyDescription(
            "When a workload's own token first showed that the identity may do what the role"
                + " allows.")
        @Nullable String effectiveSince) {

  /** One that nobody has seen to be in force. */
  public RoleAssignmentStatus(
      String role,
      String scope,
      @Nullable String roleDefinitionId,
      @Nullable String principalId,
      @Nullable String id,
      @Nullable String appliedFingerprint,
      State state,
      @Nullable String reason,
      @Nullable String message) {
    this(
        role,
        scope,
        roleDefinitionId,
        principalId,
        id,
        appliedFingerprint,
        state,
        reason,
        message,
        null);
  }

  /** Whether it was made, and nobody has seen it to be in force. */
  public boolean awaitsEffect() {
    return exists() && effectiveSince == null;
  }

  /** Whether it is there. */
  public boolean exists() {
    return state == State.ASSIGNED || state == State.FOREIGN;
  }

  /** The same assignment, seen to be in force. */
  public RoleAssignmentStatus effective(Instant since) {
    return since(since.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** The same assignment, seen not to be in force any more. */
  public RoleAssignmentStatus ineffective() {
    return since(null);
  }

  private RoleAssignmentStatus since(@Nullable String effect) {
    return new RoleAssignmentStatus(
        role,
        scope,
        roleDefinitionId,
        principalId,
        id,
        appliedFingerprint,
        state,
        reason,
        message,
        effect);
  }

  /** Whether this is the entry of that role at that scope. */
  public boolean isSameGrant(String otherRole, String otherScope) {
    return role.equals(otherRole) && scope.equals(otherScope);
  }

  /** Whether both are the same object in Azure. */
  public boolean isSameObject(RoleAssignmentStatus other) {
    return id != null && id.equalsIgnoreCase(other.id);
  }

  /** Whether both stand for the same role, scope and principal, as one entry of a status. */
  boolean isSameEntry(RoleAssignmentStatus other) {
    return isSameGrant(other.role, other.scope) && Objects.equals(principalId, other.principalId);
  }

  /** The same assignment, further on. */
  public RoleAssignmentStatus in(State next) {
    return copy(appliedFingerprint, next, null, null);
  }

  /** The same assignment, with what is in its way. */
  public RoleAssignmentStatus in(State next, String why, String explanation) {
    return copy(appliedFingerprint, next, why, explanation);
  }

  /** The same assignment, after this was written. */
  public RoleAssignmentStatus written(State next, String fingerprint) {
    return copy(fingerprint, next, null, null);
  }

  private RoleAssignmentStatus copy(
      @Nullable String fingerprint,
      State next,
      @Nullable String why,
      @Nullable String explanation) {
    return new RoleAssignmentStatus(
        role, scope, roleDefinitionId, principalId, id, fingerprint, next, why, explanation);
  }

  /** How far an assignment has come. */
  public enum State {
    /** Its name is decided; it may or may not exist in Azure. */
    @JsonProperty("Pending")
    PENDING,
    /** It exists and is the operator's. */
    @JsonProperty("Assigned")
    ASSIGNED,
    /** It exists and is somebody else's. */
    @JsonProperty("Foreign")
    FOREIGN,
    /** It does not exist: Azure or the operator refused it. */
    @JsonProperty("Refused")
    REFUSED
  }
}
