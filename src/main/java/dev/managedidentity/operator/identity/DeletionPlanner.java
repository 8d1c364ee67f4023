package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.identity.IdentityFacts.Existing;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides what to do for a ManagedIdentity that is being deleted. Pure.
 *
 * <pre>
 * only observed           -> nothing: nothing in Azure is its own
 * bound by its workload   -> UnbindWorkload
 * used by bindings        -> nothing: the problem names them
 * to be retained          -> nothing
 * else                    -> UnassignRole..., then DeleteIdentity | DisableIdentity
 * </pre>
 */
final class DeletionPlanner {
  private DeletionPlanner() {}

  static IdentityPlan plan(IdentityFacts facts) {
    var unbind = new ArrayList<Step>();
    facts.uses().ownBinding().ifPresent(own -> unbind.add(new Step.UnbindWorkload(own.uid())));
    if (facts.lifetime().isObserved()) {
      return IdentityPlan.last(unbind, List.of());
    }
    if (!facts.uses().users().isEmpty()) {
      var users =
          facts.uses().users().stream()
              .map(IdentityFacts.User::name)
              .collect(Collectors.joining(", "));
      return IdentityPlan.last(
          unbind, List.of(new Problem.Waiting(Reason.IN_USE, "Still used by " + users + ".")));
    }
    if (facts.lifetime().deletion() == DeletionPolicy.RETAIN
        || facts.status().ownership() == Ownership.OBSERVED) {
      return IdentityPlan.last(unbind, List.of());
    }
    if (facts.status().azureResource() != null) {
      return ResourcePlanner.deletion(facts);
    }
    return userAssigned(facts, unbind);
  }

  private static IdentityPlan userAssigned(IdentityFacts facts, List<Step> before) {
    var steps = new ArrayList<>(before);
    facts.status().roleAssignments().forEach(entry -> steps.add(RolePlanner.removal(entry)));
    var resourceId = facts.status().resourceId();
    if (resourceId != null) {
      switch (facts.existing()) {
        case Existing.NotAsked _, Existing.Ours _ ->
            steps.add(new Step.DeleteIdentity(IdentityId.parse(resourceId)));
        case Existing.Absent _, Existing.Foreign _, Existing.OfResource _ -> {}
        case Existing.Unknown(Problem.Missing _) -> {} // its resource group or subscription is gone
        case Existing.Unknown(Problem problem) -> {
          return IdentityPlan.blocked(problem);
        }
      }
    }
    return IdentityPlan.last(steps, List.of());
  }
}
