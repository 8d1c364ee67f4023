package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the operator knows of the binding. It is also the operator's memory: the name of a federated
 * credential is written here before the credential is, so that a crash never leaves one behind.
 */
@JsonClassDescription("What the operator knows of the binding; only the operator writes it.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record IdentityBindingStatus(
    @JsonPropertyDescription("Generation of the spec that this status speaks of.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Client id of the identity: what a workload signs in with.")
        @Nullable String clientId,
    @JsonPropertyDescription(
            "The ManagedIdentity that holds the federated credentials: that of identityRef, or one"
                + " of its shards.")
        @Nullable String placement,
    @JsonPropertyDescription("Tenant that a workload signs in to.") @Nullable String tenantId,
    @JsonPropertyDescription(
            "Federated credentials that the binding needs or needed, each with its state.")
        List<FederatedCredentialStatus> federatedCredentials,
    @JsonPropertyDescription(
            "Assignments to Azure resources that the binding needs or needed, each with its state.")
        List<AssignmentStatus> assignments,
    @JsonPropertyDescription(
            "Pods that want the identity: those with the label azure.workload.identity/use.")
        @Nullable PodsStatus pods,
    @JsonPropertyDescription("The last write to Azure.") @Nullable OperationStatus lastOperation,
    @JsonPropertyDescription(
            "Ready: True when the subject can sign in, False when a person must act, Unknown while"
                + " work is under way. Reconciling and Stalled: present while true.")
        List<Condition> conditions) {

  /** Nothing known yet. */
  public static final IdentityBindingStatus EMPTY =
      new IdentityBindingStatus(
          null, null, null, null, List.of(), List.of(), null, null, List.of());

  /** Fills in what the JSON left out: Jackson passes null for it. */
  public IdentityBindingStatus {
    federatedCredentials =
        federatedCredentials == null ? List.of() : List.copyOf(federatedCredentials);
    assignments = assignments == null ? List.of() : List.copyOf(assignments);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** Adds or replaces the credential of the same name on the same identity. */
  public IdentityBindingStatus withCredential(FederatedCredentialStatus entry) {
    var others = new ArrayList<>(withoutCredential(entry).federatedCredentials);
    others.add(entry);
    return with(others, assignments);
  }

  /** Drops the credential of the same name on the same identity. */
  public IdentityBindingStatus withoutCredential(FederatedCredentialStatus entry) {
    return with(
        federatedCredentials.stream().filter(other -> !other.isSameObject(entry)).toList(),
        assignments);
  }

  /** Adds or replaces the assignment of the same identity to the same resource. */
  public IdentityBindingStatus withAssignment(AssignmentStatus entry) {
    var others = new ArrayList<>(withoutAssignment(entry).assignments);
    others.add(entry);
    return with(federatedCredentials, others);
  }

  /** Drops the assignment of the same identity to the same resource. */
  public IdentityBindingStatus withoutAssignment(AssignmentStatus entry) {
    return with(
        federatedCredentials,
        assignments.stream().filter(other -> !other.isSameObject(entry)).toList());
  }

  /** Whether anything of the binding is in Azure or may be. */
  public boolean mayBeInAzure() {
    return federatedCredentials.stream().anyMatch(one -> one.use() != Use.NONE)
        || assignments.stream().anyMatch(one -> one.use() != Use.NONE);
  }

  /** Whether a credential on the identity, or an assignment of it, is there or may be. */
  public Use uses(@Nullable String identityId) {
    var credentials =
        federatedCredentials.stream()
            .filter(one -> one.identity().equalsIgnoreCase(identityId))
            .map(FederatedCredentialStatus::use);
    var resources =
        assignments.stream()
            .filter(one -> one.identity().equalsIgnoreCase(identityId))
            .map(AssignmentStatus::use);
    return Stream.concat(credentials, resources).max(Comparator.naturalOrder()).orElse(Use.NONE);
  }

  private IdentityBindingStatus with(
      List<FederatedCredentialStatus> credentials, List<AssignmentStatus> resources) {
    return new IdentityBindingStatus(
        observedGeneration,
        clientId,
        placement,
        tenantId,
        credentials,
        resources,
        pods,
        lastOperation,
        conditions);
  }

  /** Notes whom the subject signs in as; null when it cannot. */
  public IdentityBindingStatus withIdentity(@Nullable String client, @Nullable String tenant) {
    return new IdentityBindingStatus(
        observedGeneration,
        client,
        placement,
        tenant,
        federatedCredentials,
        assignments,
        pods,
        lastOperation,
        conditions);
  }

  /** Notes the ManagedIdentity that is to hold the credentials. */
  public IdentityBindingStatus placedOn(String identity) {
    return new IdentityBindingStatus(
        observedGeneration,
        clientId,
        identity,
        tenantId,
        federatedCredentials,
        assignments,
        pods,
        lastOperation,
        conditions);
  }

  /** Notes which pods there are; null when there are none. */
  public IdentityBindingStatus withPods(@Nullable PodsStatus now) {
    return new IdentityBindingStatus(
        observedGeneration,
        clientId,
        placement,
        tenantId,
        federatedCredentials,
        assignments,
        now,
        lastOperation,
        conditions);
  }

  /** What a pass ends with. */
  public IdentityBindingStatus concluded(
      long generation, @Nullable OperationStatus operation, List<Condition> verdict) {
    return new IdentityBindingStatus(
        generation,
        clientId,
        placement,
        tenantId,
        federatedCredentials,
        assignments,
        pods,
        operation == null ? lastOperation : operation,
        verdict);
  }

  /** The same with nothing changed but the conditions. */
  public IdentityBindingStatus withConditions(List<Condition> now) {
    return new IdentityBindingStatus(
        observedGeneration,
        clientId,
        placement,
        tenantId,
        federatedCredentials,
        assignments,
        pods,
        lastOperation,
        now);
  }
}
