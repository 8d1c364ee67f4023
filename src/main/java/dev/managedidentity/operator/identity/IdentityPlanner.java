package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.ManagementPolicy;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.identity.IdentityFacts.Existing;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.identity.IdentityFacts.Workload;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decides what to do for one ManagedIdentity. Pure.
 *
 * <pre>
 * somebody else's        -> nothing: the problem is shown
 * not allowed            -> the problem is shown; roles are taken back: see {@link RolePlanner}
 * nothing known          -> RememberIdentity                 (saved in the status, then again:)
 * named                  -> WriteIdentity                    (then again:)
 * written, spec differs,
 * or changed by others   -> DoubtIdentity                    (saved in the status, then again:)
 * written                -> roles: see {@link RolePlanner}; workload: TieToWorkload, BindWorkload
 * owned by a resource    -> see {@link ResourcePlanner}
 * being deleted          -> see {@link DeletionPlanner}
 * </pre>
 */
final class IdentityPlanner {
  /** What {@link IdentityFacts#tried} holds once the resource was tied to its workload. */
  static final String TIED = "tied to the workload";

  private IdentityPlanner() {}

  static IdentityPlan plan(IdentityFacts facts) {
    if (facts.lifetime().isDeleting()) {
      return DeletionPlanner.plan(facts);
    }
    var obstacle = obstacle(facts);
    if (obstacle.isPresent()) {
      return IdentityPlan.blocked(obstacle.get());
    }
    return switch (facts.goal()) {
      case Goal.Undefined(Problem problem) -> RolePlanner.takeBack(facts, problem);
      case Goal.Defined(IdentityDefinition definition) -> life(facts, definition);
      case Goal.OfResource(String id) -> ResourcePlanner.life(facts, id);
    };
  }

  /** A workload that was there before and is not seen now is on its way out, or not yet read. */
  private static Optional<Problem> obstacle(IdentityFacts facts) {
    if (facts.uses().workload() instanceof Workload.Missing(Problem problem)
        && !(problem instanceof Problem.Waiting && facts.status().serviceAccount() != null)) {
      return Optional.of(problem);
    }
    return switch (facts.existing()) {
      case Existing.Foreign foreign -> foreign.obstacle();
      case Existing.Unknown(Problem problem) -> Optional.of(problem);
      case Existing.NotAsked _, Existing.Absent _, Existing.Ours _, Existing.OfResource _ ->
          Optional.empty();
    };
  }

  private static IdentityPlan life(IdentityFacts facts, IdentityDefinition definition) {
    if (facts.uses().workload() instanceof Workload.Present workload
        && !workload.isOwner()
        && !facts.tried().contains(TIED)) {
      return IdentityPlan.then(new Step.TieToWorkload(workload.ref(), workload.uid()));
    }
    var drift = facts.drift().identity();
    if (drift.isPresent()) {
      return new IdentityPlan(
          List.of(doubt(facts, definition)), List.of(), List.of(drift.get()), true);
    }
    return isWritten(facts, definition)
        ? settled(facts)
        : IdentityPlan.then(write(facts, definition));
  }

  private static boolean isWritten(IdentityFacts facts, IdentityDefinition definition) {
    var status = facts.status();
    return status.clientId() != null
        && Content.of(definition).equals(status.appliedFingerprint())
        && !isTakenOver(facts);
  }

  private static Step write(IdentityFacts facts, IdentityDefinition definition) {
    var status = facts.status();
    var tags = Content.tagNames(definition);
    if (status.resourceId() == null || isTakenOver(facts)) {
      var how = wasThere(facts) ? Ownership.ADOPTED : Ownership.CREATED;
      return new Step.RememberIdentity(definition.id(), definition.location(), how, tags);
    }
    if (status.appliedFingerprint() != null || !status.appliedTags().containsAll(tags)) {
      return doubt(facts, definition);
    }
    var merged =
        facts
            .existing()
            .identity()
            .map(found -> Content.merged(definition, found, status.appliedTags()))
            .orElse(definition);
    var isFirstTry = facts.tried().contains(definition.id().key());
    return new Step.WriteIdentity(merged, Content.of(definition), tags, isFirstTry);
  }

  /**
   * Whether somebody else made it. Of one with our tags nobody knows that any more once the status
   * is lost; a spec that adopts says so, and then it stays when the resource goes.
   */
  private static boolean wasThere(IdentityFacts facts) {
    var isAdopting = facts.lifetime().management() == ManagementPolicy.ADOPT;
    return facts.existing().identity().isPresent() && (isAdopting || !isOurs(facts));
  }

  /** Whether an identity of somebody else is about to become ours. */
  private static boolean isTakenOver(IdentityFacts facts) {
    return facts.existing() instanceof Existing.Foreign
        && facts.status().ownership() != Ownership.ADOPTED;
  }

  private static Step doubt(IdentityFacts facts, IdentityDefinition definition) {
    var tags = new TreeSet<>(Content.tagNames(definition));
    tags.addAll(facts.status().appliedTags());
    return new Step.DoubtIdentity(tags);
  }

  private static boolean isOurs(IdentityFacts facts) {
    return facts.existing() instanceof Existing.Ours;
  }

  private static IdentityPlan withShards(IdentityPlan plan, IdentityFacts facts) {
    var changes = facts.uses().capacity().plan().steps();
    if (plan.hasMore() || changes.isEmpty()) {
      return plan;
    }
    var steps = new ArrayList<>(plan.steps());
    changes.forEach(change -> steps.add(new Step.ChangeShard(change)));
    return new IdentityPlan(steps, plan.problems(), plan.findings(), false);
  }

  /** The identity is as asked: what follows from it. */
  static IdentityPlan settled(IdentityFacts facts) {
    var roles = withShards(RolePlanner.plan(facts), facts);
    if (roles.hasMore() || !(facts.uses().workload() instanceof Workload.Present workload)) {
      return roles;
    }
    var account = workload.serviceAccount();
    if (!account.equals(facts.status().serviceAccount())) {
      return IdentityPlan.then(new Step.RememberAccount(account));
    }
    var steps = new ArrayList<>(roles.steps());
    var binding = facts.uses().ownBinding();
    if (binding.isEmpty()) {
      steps.add(new Step.BindWorkload(account));
    } else if (!binding.get().serviceAccount().equals(account)) {
      steps.add(new Step.UnbindWorkload(binding.get().uid())); // the next one when it is gone
    }
    return new IdentityPlan(steps, roles.problems(), roles.findings(), false);
  }
}
