package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ManagementPolicy;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.guardrails.Guardrails.Place;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.review.Judge;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Judges a ManagedIdentity that is not stored yet as the observer would. */
public final class IdentityJudge implements Judge<ManagedIdentity> {
  private final IdentityGoals goals;
  private final IdentityRules rules;
  private final IdentityNeighbours neighbours;

  /** Judges by what the neighbours know. */
  public IdentityJudge(
      AzureDefaults defaults,
      String cluster,
      Guardrails guardrails,
      IdentityNeighbours neighbours) {
    this.goals = new IdentityGoals(defaults, cluster);
    this.rules = new IdentityRules(guardrails);
    this.neighbours = neighbours;
  }

  /** A namespace that is not known yet is judged later. */
  @Override
  public Optional<Problem> refusal(ManagedIdentity resource) {
    var namespace = resource.getMetadata().getNamespace();
    return neighbours
        .labels(namespace)
        .map(labels -> new Place(namespace, labels))
        .flatMap(place -> refusal(resource, place));
  }

  private Optional<Problem> refusal(ManagedIdentity resource, Place place) {
    var status = status(resource);
    var rival = goals.claim(resource, status).flatMap(id -> neighbours.rival(id, resource, status));
    return rules
        .refusal(goals.goal(resource, status), rival, place)
        .or(
            () ->
                resource.getSpec().roleAssignments().stream()
                    .flatMap(
                        role -> rules.guardrails().role(place, role.role(), role.scope()).stream())
                    .findFirst());
  }

  @Override
  public List<String> warnings(ManagedIdentity resource, Optional<ManagedIdentity> before) {
    return resource.getSpec().managementPolicy() == ManagementPolicy.OBSERVE
            && before.filter(this::isInAzure).isPresent()
        ? List.of(
            "With the policy Observe the identity stays in Azure as it is, also when this"
                + " ManagedIdentity is deleted.")
        : List.of();
  }

  @Override
  public boolean isInAzure(ManagedIdentity resource) {
    var status = status(resource);
    var policy = resource.getSpec().deletionPolicy();
    var isKept =
        policy == DeletionPolicy.RETAIN
            || (policy == null && status.ownership() == Ownership.ADOPTED);
    return status.clientId() != null
        && status.ownership() != Ownership.OBSERVED
        && resource.getSpec().managementPolicy() != ManagementPolicy.OBSERVE
        && !isKept;
  }

  private static ManagedIdentityStatus status(ManagedIdentity resource) {
    return Objects.requireNonNullElse(resource.getStatus(), ManagedIdentityStatus.EMPTY);
  }
}
