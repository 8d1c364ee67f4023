package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.plan.Conditions;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.plan.Verdict;
import java.time.Instant;
import java.util.ArrayList;

/** Says how an IdentityBinding stands after a pass. Pure. */
final class BindingStatusFactory {
  private BindingStatusFactory() {}

  /** The verdict on the resource, from what stood in the way and from what is known now. */
  static Verdict verdict(
      BindingFacts facts, BindingPlan plan, Outcome<IdentityBindingStatus> outcome) {
    var problems = new ArrayList<Problem>(outcome.problems());
    problems.addAll(plan.problems());
    return Verdict.of(problems, standing(facts, plan));
  }

  private static Verdict standing(BindingFacts facts, BindingPlan plan) {
    if (facts.lifetime().isDeleting()) {
      return new Verdict.Progressing(Reason.DELETING, "The credentials are being removed.");
    }
    if (plan.hasMore()) {
      return new Verdict.Progressing(
          Reason.PROGRESSING,
          "Generation %d is being applied.".formatted(facts.lifetime().generation()));
    }
    var target = facts.subject().target();
    return new Verdict.Proven(
        Reason.BOUND,
        "Service account %s/%s can sign in as the identity."
            .formatted(target.namespace(), target.name()));
  }

  /** The status to write. */
  static IdentityBindingStatus status(
      BindingFacts facts, Verdict verdict, Outcome<IdentityBindingStatus> outcome, Instant now) {
    var generation = facts.lifetime().generation();
    var azure =
        outcome.operations().stream().filter(Operation::isAzure).map(Operation::asStatus).toList();
    return withIdentity(outcome.status(), facts.identity())
        .concluded(
            generation,
            azure.isEmpty() ? null : azure.getLast(),
            Conditions.of(verdict, facts.status().conditions(), generation, now));
  }

  private static IdentityBindingStatus withIdentity(
      IdentityBindingStatus status, Identity identity) {
    return switch (identity) {
      case Identity.Usable usable -> status.withIdentity(usable.clientId(), usable.tenantId());
      case Identity.Forbidden _ -> status.withIdentity(null, null);
      case Identity.Absent _ -> status;
    };
  }
}
