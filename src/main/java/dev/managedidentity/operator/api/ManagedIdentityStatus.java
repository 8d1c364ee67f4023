package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
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
            "Created: the operator made the identity. Adopted: it was there before and was taken"
                + " over. Observed: it was only looked at.")
        @Nullable Ownership ownership,
    @JsonPropertyDescription(
            "Fingerprint of what was last written to the identity in Azure; a difference to the"
                + " spec leads to a write.")
        @Nullable String appliedFingerprint,
    @JsonPropertyDescription(
            "Names of the tags that the operator set on the identity; others are somebody else's"
                + " and stay.")
        List<String> appliedTags,
    @JsonPropertyDescription(
            "The Azure resource whose system-assigned identity this is, when it has such an owner.")
        @Nullable ResourceIdentityStatus azureResource,
    @JsonPropertyDescription(
            "Service account of the workload that owns the identity, when it has such an owner.")
        @Nullable String serviceAccount,
    @JsonPropertyDescription(
            "Role assignments that the spec asks for or asked for, each with its state.")
        List<RoleAssignmentStatus> roleAssignments,
    @JsonPropertyDescription("Number of IdentityBindings that use the identity.")
        @Nullable Integer bindings,
    @JsonPropertyDescription("Federated credentials on the identity, of all that it may have.")
        @Nullable CredentialUsage federatedCredentials,
    @JsonPropertyDescription(
            "ManagedIdentities that were made because this one is full; each has a client id of its"
                + " own.")
        List<String> shards,
    @JsonPropertyDescription("The last write to Azure.") @Nullable OperationStatus lastOperation,
    @JsonPropertyDescription("With managementPolicy Observe: what would be written, in this order.")
        List<String> plan,
    @JsonPropertyDescription(
            "Ready: True when the identity and its grants are as the spec says, False when a person"
                + " must act, Unknown while work is under way. Reconciling and Stalled: present"
                + " while true.")
        List<Condition> conditions) {

  /** Nothing known yet. */
  public static final ManagedIdentityStatus EMPTY =
      new ManagedIdentityStatus(
          null, null, null, null, null, null, null, null, List.of(), null, null, List.of(), null,
          null, List.of(), null, List.of(), List.of());

  /** Fills in what the JSON left out: Jackson passes null for it. */
  public ManagedIdentityStatus {
    appliedTags = appliedTags == null ? List.of() : List.copyOf(appliedTags);
    roleAssignments = roleAssignments == null ? List.of() : List.copyOf(roleAssignments);
    shards = shards == null ? List.of() : List.copyOf(shards);
    plan = plan == null ? List.of() : List.copyOf(plan);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** Remembers the Azure resource that is about to be written, or was looked at. */
  public ManagedIdentityStatus withResource(String id, String region, Ownership how) {
    return with(
        draft -> {
          draft.resourceId = id;
          draft.location = region;
          draft.ownership = how;
        });
  }

  /** Forgets the Azure resource: it does not exist. */
  public ManagedIdentityStatus withoutResource() {
    return with(
        draft -> {
          draft.clientId = null;
          draft.principalId = null;
          draft.tenantId = null;
          draft.resourceId = null;
          draft.location = null;
          draft.ownership = null;
          draft.appliedFingerprint = null;
          draft.appliedTags = List.of();
        });
  }

  /** Notes what Azure gave the identity. */
  public ManagedIdentityStatus withIdentity(
      @Nullable String client, @Nullable String principal, @Nullable String tenant) {
    return with(
        draft -> {
          draft.clientId = client;
          draft.principalId = principal;
          draft.tenantId = tenant;
        });
  }

  /** Notes what was written to the identity. */
  public ManagedIdentityStatus withContent(String fingerprint, Collection<String> tags) {
    return with(
        draft -> {
          draft.appliedFingerprint = fingerprint;
          draft.appliedTags = tags.stream().sorted().toList();
        });
  }

  /** Notes that nobody knows what was last written to the identity, but for its tags' names. */
  public ManagedIdentityStatus withUnknownContent(Collection<String> tags) {
    return with(
        draft -> {
          draft.appliedFingerprint = null;
          draft.appliedTags = tags.stream().sorted().toList();
        });
  }

  /** Notes how the owning Azure resource stands; null when it has been dealt with. */
  public ManagedIdentityStatus withAzureResource(@Nullable ResourceIdentityStatus resource) {
    return with(draft -> draft.azureResource = resource);
  }

  /** Notes the service account of the owning workload. */
  public ManagedIdentityStatus withServiceAccount(@Nullable String name) {
    return with(draft -> draft.serviceAccount = name);
  }

  /** Notes how full the identity is, and what was made because it is. */
  public ManagedIdentityStatus withUsage(
      @Nullable CredentialUsage usage, List<String> furtherIdentities) {
    return with(
        draft -> {
          draft.federatedCredentials = usage;
          draft.shards = furtherIdentities;
        });
  }

  /** Notes what would be written. */
  public ManagedIdentityStatus withPlan(List<String> steps) {
    return with(draft -> draft.plan = steps);
  }

  /** Adds or replaces the entry of the same role, scope and principal; refused ones have none. */
  public ManagedIdentityStatus withRole(RoleAssignmentStatus entry) {
    var others =
        new ArrayList<>(
            roleAssignments.stream()
                .filter(other -> !other.isSameEntry(entry))
                .filter(
                    other -> !isRefusal(other) || !other.isSameGrant(entry.role(), entry.scope()))
                .toList());
    others.add(entry);
    return with(draft -> draft.roleAssignments = others);
  }

  /** Drops the entry of the same role, scope and principal. */
  public ManagedIdentityStatus withoutRole(RoleAssignmentStatus entry) {
    var others = roleAssignments.stream().filter(other -> !other.isSameEntry(entry)).toList();
    return with(draft -> draft.roleAssignments = others);
  }

  private static boolean isRefusal(RoleAssignmentStatus entry) {
    return entry.state() == RoleAssignmentStatus.State.REFUSED;
  }

  /** The same with nothing changed but the conditions. */
  public ManagedIdentityStatus withConditions(List<Condition> now) {
    return with(draft -> draft.conditions = now);
  }

  /** What a pass ends with. */
  public ManagedIdentityStatus concluded(
      long generation, int users, @Nullable OperationStatus operation, List<Condition> verdict) {
    return with(
        draft -> {
          draft.observedGeneration = generation;
          draft.bindings = users;
          draft.lastOperation = operation == null ? lastOperation : operation;
          draft.conditions = verdict;
        });
  }

  private ManagedIdentityStatus with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.status();
  }

  /** A status while one of the methods above changes it. */
  private static final class Draft {
    private @Nullable Long observedGeneration;
    private @Nullable String clientId;
    private @Nullable String principalId;
    private @Nullable String tenantId;
    private @Nullable String resourceId;
    private @Nullable String location;
    private @Nullable Ownership ownership;
    private @Nullable String appliedFingerprint;
    private List<String> appliedTags;
    private @Nullable ResourceIdentityStatus azureResource;
    private @Nullable String serviceAccount;
    private List<RoleAssignmentStatus> roleAssignments;
    private @Nullable Integer bindings;
    private @Nullable CredentialUsage federatedCredentials;
    private List<String> shards;
    private @Nullable OperationStatus lastOperation;
    private List<String> plan;
    private List<Condition> conditions;

    Draft(ManagedIdentityStatus status) {
      observedGeneration = status.observedGeneration;
      clientId = status.clientId;
      principalId = status.principalId;
      tenantId = status.tenantId;
      resourceId = status.resourceId;
      location = status.location;
      ownership = status.ownership;
      appliedFingerprint = status.appliedFingerprint;
      appliedTags = status.appliedTags;
      azureResource = status.azureResource;
      serviceAccount = status.serviceAccount;
      roleAssignments = status.roleAssignments;
      bindings = status.bindings;
      federatedCredentials = status.federatedCredentials;
      shards = status.shards;
      lastOperation = status.lastOperation;
      plan = status.plan;
      conditions = status.conditions;
    }

    ManagedIdentityStatus status() {
      return new ManagedIdentityStatus(
          observedGeneration,
          clientId,
          principalId,
          tenantId,
          resourceId,
          location,
          ownership,
          appliedFingerprint,
          appliedTags,
          azureResource,
          serviceAccount,
          roleAssignments,
          bindings,
          federatedCredentials,
          shards,
          lastOperation,
          plan,
          conditions);
    }
  }
}
