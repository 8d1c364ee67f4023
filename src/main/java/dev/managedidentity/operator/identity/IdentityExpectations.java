package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.Annotations;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ManagementPolicy;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.api.ResourceIdentityStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.ListScopes;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.inventory.Expectation;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What ManagedIdentities count on in Azure, from their statuses as the cache has them. */
public final class IdentityExpectations {
  private final IdentityGoals goals;
  private final Supplier<Stream<ManagedIdentity>> all;
  private final Consumer<ManagedIdentity> wake;

  IdentityExpectations(
      IdentityGoals goals, Supplier<Stream<ManagedIdentity>> all, Consumer<ManagedIdentity> wake) {
    this.goals = goals;
    this.all = all;
    this.wake = wake;
  }

  /** The identities that were created or taken over. */
  public List<Expectation<AzureIdentity>> identities() {
    return settled().flatMap(resource -> identity(resource).stream()).toList();
  }

  /** The role assignments that were made, or found made by others. */
  public List<Expectation<RoleAssignment>> roleAssignments() {
    return settled().flatMap(this::roleAssignments).toList();
  }

  /** The Azure resources whose system-assigned identities were enabled. */
  public List<Expectation<AzureResource>> resources() {
    return settled().flatMap(resource -> resource(resource).stream()).toList();
  }

  private Stream<ManagedIdentity> settled() {
    return all.get()
        .filter(resource -> resource.getStatus() != null)
        .filter(resource -> !resource.isMarkedForDeletion() && !Annotations.isPaused(resource))
        .filter(resource -> resource.getSpec().managementPolicy() != ManagementPolicy.OBSERVE);
  }

  /** While a pass is under way only who the identity is can be counted on, not what is in it. */
  private Optional<Expectation<AzureIdentity>> identity(ManagedIdentity resource) {
    var status = resource.getStatus();
    if (status.ownership() == Ownership.OBSERVED
        || status.clientId() == null
        || !(goals.goal(resource, status) instanceof Goal.Defined(var definition))) {
      return Optional.empty();
    }
    var principal = status.principalId();
    var isSettled = Content.of(definition).equals(status.appliedFingerprint());
    return Optional.of(
        new Expectation<>(
            definition.id().key(),
            ListScopes.of(definition.id().toString()),
            seen ->
                seen.filter(found -> found.principalId().equals(principal))
                    .filter(found -> !isSettled || Content.isAsDefined(found, definition))
                    .isPresent(),
            () -> wake.accept(resource)));
  }

  private Stream<Expectation<RoleAssignment>> roleAssignments(ManagedIdentity resource) {
    return resource.getStatus().roleAssignments().stream()
        .filter(entry -> entry.state() == State.ASSIGNED || entry.state() == State.FOREIGN)
        .filter(entry -> isOfPrincipal(entry, resource.getStatus()))
        .map(
            entry ->
                new Expectation<>(
                    IdentityDrift.grant(entry),
                    ListScopes.of(entry.scope()),
                    seen ->
                        seen.filter(found -> IdentityDrift.isAsWritten(found, entry)).isPresent(),
                    () -> wake.accept(resource)));
  }

  private static boolean isOfPrincipal(RoleAssignmentStatus entry, ManagedIdentityStatus status) {
    return Objects.equals(entry.principalId(), status.principalId());
  }

  private Optional<Expectation<AzureResource>> resource(ManagedIdentity resource) {
    var entry = resource.getStatus().azureResource();
    if (entry == null || entry.state() != ResourceIdentityStatus.State.ENABLED) {
      return Optional.empty();
    }
    var principal = resource.getStatus().principalId();
    return Optional.of(
        new Expectation<>(
            entry.id().toLowerCase(Locale.ROOT),
            ListScopes.ofTyped(entry.id()),
            seen ->
                seen.filter(found -> Objects.equals(found.principalId(), principal)).isPresent(),
            () -> wake.accept(resource)));
  }
}
