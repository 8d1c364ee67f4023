package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.AssignmentStatus;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
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
    if (!plan.steps().isEmpty()) {
      outcome.status().assignments().stream()
          .filter(entry -> entry.operation() != null)
          .map(BindingStatusFactory::atWork)
          .forEach(problems::add);
    }
    return Verdict.of(problems, standing(facts, plan, outcome.status()));
  }

  private static Problem atWork(AssignmentStatus entry) {
    return new Problem.Waiting(
        Reason.OPERATION_IN_PROGRESS,
        "Azure is still at work on resource %s.".formatted(entry.resource()));
  }

  private static Verdict standing(
      BindingFacts facts, BindingPlan plan, IdentityBindingStatus status) {
    if (facts.lifetime().isDeleting()) {
      return new Verdict.Progressing(
          Reason.DELETING,
          switch (facts.subject()) {
            case Subject.Account _ -> "The credentials are being removed.";
            case Subject.Resource _ -> "The assignments are being removed.";
          });
    }
    if (plan.hasMore()) {
      return new Verdict.Progressing(
          Reason.PROGRESSING,
          "Generation %d is being applied.".formatted(facts.lifetime().generation()));
    }
    return new Verdict.Proven(Reason.BOUND, proof(facts.subject(), status));
  }

  private static String proof(Subject subject, IdentityBindingStatus status) {
    return switch (subject) {
      case Subject.Account account ->
          "Service account %s/%s can sign in as the identity."
              .formatted(account.target().namespace(), account.target().name());
      case Subject.Resource resource -> {
        var isForeign =
            status.assignments().stream()
                .anyMatch(entry -> entry.state() == AssignmentStatus.State.FOREIGN);
        yield "Azure resource %s has the identity%s."
            .formatted(
                resource.id(),
                isForeign ? "; it had it before, so it keeps it without this binding" : "");
      }
    };
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
      case Identity.Absent _, Identity.Taken _, Identity.Frozen _ -> status;
    };
  }
}
