package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.plan.Conditions;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.plan.Verdict;
import java.time.Instant;
import java.util.ArrayList;

/** Says how a ManagedIdentity stands after a pass. Pure. */
final class IdentityStatusFactory {
  private IdentityStatusFactory() {}

  /** The verdict on the resource, from what stood in the way and from what is known now. */
  static Verdict verdict(
      IdentityFacts facts, IdentityPlan plan, Outcome<ManagedIdentityStatus> outcome) {
    var problems = new ArrayList<Problem>(outcome.problems());
    problems.addAll(plan.problems());
    return Verdict.of(problems, standing(facts, plan, outcome.status()));
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
    var granted = status.roleAssignments().size();
    return new Verdict.Proven(
        Reason.PROVISIONED,
        granted == 0
            ? "The identity is as the spec asks."
            : "The identity and its %d role assignment(s) are as the spec asks."
                .formatted(granted));
  }

  /** The status to write. */
  static ManagedIdentityStatus status(
      IdentityFacts facts, Verdict verdict, Outcome<ManagedIdentityStatus> outcome, Instant now) {
    var generation = facts.lifetime().generation();
    var operations = outcome.operations();
    return outcome
        .status()
        .concluded(
            generation,
            (int) facts.users().stream().filter(IdentityFacts.User::isActive).count(),
            operations.isEmpty() ? null : operations.getLast().asStatus(),
            Conditions.of(verdict, facts.status().conditions(), generation, now));
  }
}
