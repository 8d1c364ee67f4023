package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator knows of the identity. It is also the operator's memory: the name of an Azure
 * object is written here before the object is, so that a crash never leaves one behind.
 */
@JsonClassDescription("What the operator knows of the identity; only the operator writes it.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ManagedIdentityStatus(
    @JsonPropertyDescription("Generation of the spec that this status speaks of.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Client id of the identity: what a workload signs in with.")
        @Nullable String clientId,
    @JsonPropertyDescription("Principal (object) id of the identity: what roles are assigned to.")
        @Nullable String principalId,
    @JsonPropertyDescription("Tenant of the identity.") @Nullable String tenantId,
    @JsonPropertyDescription("Resource id of the identity in Azure.") @Nullable String resourceId,
    @JsonPropertyDescription("Azure region of the identity.") @Nullable String location,
    @JsonPropertyDescription(
            "Fingerprint of what was last written to the identity in Azure; a difference to the"
                + " spec leads to a write.")
        @Nullable String appliedFingerprint,
    @JsonPropertyDescription(
            "Role assignments that the spec asks for or asked for, each with its state.")
        List<RoleAssignmentStatus> roleAssignments,
    @JsonPropertyDescription("Number of IdentityBindings that use the identity.")
        @Nullable Integer bindings,
    @JsonPropertyDescription("The last write to Azure.") @Nullable OperationStatus lastOperation,
    @JsonPropertyDescription(
            "Ready: True when the identity and its grants are as the spec says, False when a person"
                + " must act, Unknown while work is under way. Reconciling and Stalled: present"
                + " while true.")
        List<Condition> conditions) {

  /** Nothing known yet. */
  public static final ManagedIdentityStatus EMPTY =
      new ManagedIdentityStatus(
          null, null, null, null, null, null, null, List.of(), null, null, List.of());

  /** Fills in what the JSON left out: Jackson passes null for it. */
  public ManagedIdentityStatus {
    roleAssignments = roleAssignments == null ? List.of() : List.copyOf(roleAssignments);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** Remembers the Azure resource that is about to be written. */
  public ManagedIdentityStatus withResource(String id, String region) {
    return new ManagedIdentityStatus(
        observedGeneration,
        clientId,
        principalId,
        tenantId,
        id,
        region,
        appliedFingerprint,
        roleAssignments,
        bindings,
        lastOperation,
        conditions);
  }

  /** Forgets the Azure resource: it does not exist. */
  public ManagedIdentityStatus withoutResource() {
    return new ManagedIdentityStatus(
        observedGeneration,
        null,
        null,
        null,
        null,
        null,
        null,
        roleAssignments,
        bindings,
        lastOperation,
        conditions);
  }

  /** Notes what Azure gave the identity, and what was written to it. */
  public ManagedIdentityStatus withIdentity(
      String client, String principal, String tenant, String fingerprint) {
    return new ManagedIdentityStatus(
        observedGeneration,
        client,
        principal,
        tenant,
        resourceId,
        location,
        fingerprint,
        roleAssignments,
        bindings,
        lastOperation,
        conditions);
  }

  /** Notes that nobody knows what was last written to the identity. */
  public ManagedIdentityStatus withUnknownContent() {
    return new ManagedIdentityStatus(
        observedGeneration,
        clientId,
        principalId,
        tenantId,
        resourceId,
        location,
        null,
        roleAssignments,
        bindings,
        lastOperation,
        conditions);
  }

  /** Adds or replaces the entry of the same role and scope. */
  public ManagedIdentityStatus withRole(RoleAssignmentStatus entry) {
    var others = new ArrayList<>(withoutRole(entry).roleAssignments);
    others.add(entry);
    return withRoles(others);
  }

  /** Drops the entry of the same role and scope. */
  public ManagedIdentityStatus withoutRole(RoleAssignmentStatus entry) {
    return withRoles(
        roleAssignments.stream()
            .filter(other -> !other.isSameGrant(entry.role(), entry.scope()))
            .toList());
  }

  private ManagedIdentityStatus withRoles(List<RoleAssignmentStatus> entries) {
    return new ManagedIdentityStatus(
        observedGeneration,
        clientId,
        principalId,
        tenantId,
        resourceId,
        location,
        appliedFingerprint,
        entries,
        bindings,
        lastOperation,
        conditions);
  }

  /** What a pass ends with. */
  public ManagedIdentityStatus concluded(
      long generation, int users, @Nullable OperationStatus operation, List<Condition> verdict) {
    return new ManagedIdentityStatus(
        generation,
        clientId,
        principalId,
        tenantId,
        resourceId,
        location,
        appliedFingerprint,
        roleAssignments,
        users,
        operation == null ? lastOperation : operation,
        verdict);
  }
}
