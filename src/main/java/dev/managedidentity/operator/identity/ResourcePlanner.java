package dev.managedidentity.operator.identity;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.operator.api.ResourceIdentityStatus;
import dev.managedidentity.operator.api.ResourceIdentityStatus.State;
import dev.managedidentity.operator.identity.IdentityFacts.Existing;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what to do for the system-assigned identity of an Azure resource. Pure.
 *
 * <pre>
 * resource missing        -> nothing: the problem is shown
 * nothing known           -> RememberResource: was it enabled before? (saved, then again:)
 * in doubt                -> EnableIdentity | FollowResource          (then again:)
 * changed by others       -> RememberResource: in doubt               (saved, then again:)
 * enabled                 -> roles: see {@link RolePlanner}
 * resource gone           -> RememberResource: gone                   (saved, then again:)
 * known to be gone        -> UnassignRole...; the problem is shown
 * being deleted           -> UnassignRole..., DisableIdentity unless it was enabled before
 * </pre>
 */
final class ResourcePlanner {
  private ResourcePlanner() {}

  static IdentityPlan life(IdentityFacts facts, String id) {
    var entry = facts.status().azureResource();
    if (entry == null || entry.state() == State.GONE) {
      return begin(facts, id);
    }
    if (facts.drift().isResourceGone()) {
      return IdentityPlan.then(new Step.RememberResource(entry.in(State.GONE)));
    }
    var drift = facts.drift().identity();
    if (drift.isPresent()) {
      var doubt = new Step.RememberResource(entry.in(State.PENDING));
      return new IdentityPlan(List.of(doubt), List.of(), List.of(drift.get()), true);
    }
    return switch (entry.state()) {
      case PENDING ->
          IdentityPlan.then(
              entry.operation() == null
                  ? new Step.EnableIdentity(entry)
                  : new Step.FollowResource(entry));
      case ENABLED -> IdentityPlanner.settled(facts);
      case GONE -> throw new IllegalStateException("dealt with before");
    };
  }

  private static IdentityPlan begin(IdentityFacts facts, String id) {
    return switch (facts.existing()) {
      case Existing.OfResource(var found) ->
          IdentityPlan.then(
              new Step.RememberResource(
                  new ResourceIdentityStatus(id, found.isSystemAssigned(), State.PENDING, null)));
      case Existing.Absent _ -> gone(facts, id);
      case Existing.NotAsked _ -> gone(facts, id);
      case Existing.Unknown(Problem problem) -> IdentityPlan.blocked(problem);
      case Existing.Ours _, Existing.Foreign _ ->
          throw new IllegalStateException("an Azure resource is no user-assigned identity");
    };
  }

  /** What was granted to a principal that is no more is of no use to anybody. */
  private static IdentityPlan gone(IdentityFacts facts, String id) {
    var steps = new ArrayList<Step>();
    facts.status().roleAssignments().forEach(entry -> steps.add(RolePlanner.removal(entry)));
    var problem =
        new Problem.Missing(
            Reason.AZURE_RESOURCE_NOT_FOUND,
            facts.status().azureResource() == null
                ? "The Azure resource %s does not exist.".formatted(id)
                : "The Azure resource %s does not exist any more, nor do the role assignments of its identity."
                    .formatted(id));
    return IdentityPlan.last(steps, List.of(problem));
  }

  /** Roles first; the identity is disabled only when all of them are gone. */
  static IdentityPlan deletion(IdentityFacts facts) {
    var steps = new ArrayList<Step>();
    facts.status().roleAssignments().forEach(entry -> steps.add(RolePlanner.removal(entry)));
    var entry = requireNonNull(facts.status().azureResource(), "the caller has seen it");
    if (entry.operation() != null) {
      steps.add(new Step.FollowResource(entry));
      return new IdentityPlan(steps, List.of(), List.of(), true);
    }
    if (entry.state() != State.GONE && !entry.enabledBefore()) {
      steps.add(new Step.DisableIdentity(entry));
    }
    return IdentityPlan.last(steps, List.of());
  }
}
