package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.identity.IdentityFacts.Workload;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.plan.Conditions;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.plan.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says how a ManagedIdentity stands after a pass. Pure. */
final class IdentityStatusFactory {
  private IdentityStatusFactory() {}

  /** The verdict on the resource, from what stood in the way and from what is known now. */
  static Verdict verdict(
      IdentityFacts facts, IdentityPlan plan, Outcome<ManagedIdentityStatus> outcome) {
    var problems = new ArrayList<Problem>(outcome.problems());
    problems.addAll(plan.problems());
    atWork(plan, outcome).ifPresent(problems::add);
    return Verdict.of(problems, standing(facts, plan, outcome.status()));
  }

  /** An operation that goes on is no news, so no operation of the outcome tells of it. */
  private static Optional<Problem> atWork(
      IdentityPlan plan, Outcome<ManagedIdentityStatus> outcome) {
    return Optional.ofNullable(outcome.status().azureResource())
        .filter(entry -> entry.operation() != null)
        .filter(_ -> plan.steps().stream().anyMatch(Step.FollowResource.class::isInstance))
        .filter(
            entry ->
                outcome.operations().stream().noneMatch(one -> one.target().equals(entry.id())))
        .map(ResourceApplier::atWork);
  }

  private static Verdict standing(
      IdentityFacts facts, IdentityPlan plan, ManagedIdentityStatus status) {
    if (facts.lifetime().isDeleting()) {
      return new Verdict.Progressing(Reason.DELETING, "The Azure objects are being removed.");
    }
    if (plan.hasMore()) {
      return new Verdict.Progressing(
          Reason.PROGRESSING,
          "Generation %d is being applied.".formatted(facts.lifetime().generation()));
    }
    var granted =
        status.roleAssignments().stream().filter(entry -> entry.state() != State.REFUSED).count();
    return new Verdict.Proven(
        Reason.PROVISIONED,
        granted == 0
            ? "The identity is as the spec asks."
            : "The identity and its %d role assignment(s) are as the spec asks."
                .formatted(granted));
  }

  /** The verdict on a resource that is only observed. */
  static Verdict verdict(Rehearsal rehearsal) {
    var steps = rehearsal.steps().size();
    return Verdict.of(
        rehearsal.problems(),
        new Verdict.Proven(
            Reason.OBSERVED,
            steps == 0
                ? "Nothing is written, and nothing would be: all is as the spec asks."
                : "Nothing is written; %d step(s) would be: see status.plan.".formatted(steps)));
  }

  /** The status to write. */
  static ManagedIdentityStatus status(
      IdentityFacts facts, Verdict verdict, Outcome<ManagedIdentityStatus> outcome, Instant now) {
    var generation = facts.lifetime().generation();
    var operations = outcome.operations();
    return outcome
        .status()
        .withPlan(facts.lifetime().isObserved() ? outcome.status().plan() : List.of())
        .concluded(
            generation,
            (int) facts.uses().users().stream().filter(IdentityFacts.User::isActive).count(),
            operations.isEmpty() ? null : operations.getLast().asStatus(),
            conditions(facts, verdict, now));
  }

  private static List<Condition> conditions(IdentityFacts facts, Verdict verdict, Instant now) {
    var generation = facts.lifetime().generation();
    var before = facts.status().conditions();
    var conditions = Conditions.of(verdict, before, generation, now);
    return facts.uses().workload() instanceof Workload.Present workload
        ? Conditions.with(exclusive(workload, generation), conditions, before, now)
        : conditions;
  }

  /** Whether only its owner can use a system-assigned identity. */
  private static Condition exclusive(Workload.Present workload, long generation) {
    if (workload.sharers().isEmpty()) {
      return Conditions.condition(
          Conditions.EXCLUSIVE,
          "True",
          Reason.SERVICE_ACCOUNT_EXCLUSIVE,
          "No other workload runs as service account %s.".formatted(workload.serviceAccount()),
          generation);
    }
    var reason = Reason.SERVICE_ACCOUNT_SHARED;
    return Conditions.condition(
        Conditions.EXCLUSIVE,
        "False",
        reason,
        "%s also run(s) as service account %s and can use the identity. %s"
            .formatted(
                String.join(", ", workload.sharers()), workload.serviceAccount(), reason.advice()),
        generation);
  }
}
