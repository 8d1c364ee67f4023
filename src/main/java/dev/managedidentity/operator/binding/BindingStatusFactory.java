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
import java.util.Optional;
import java.util.stream.Collectors;

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
    if (problems.isEmpty() && !plan.hasMore()) {
      awaited(facts).ifPresent(problems::add);
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
            case Subject.Tokens _ -> "The credentials are being removed.";
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

  /** What pods may not do yet, though they can sign in. */
  private static Optional<Problem> awaited(BindingFacts facts) {
    return facts.lifetime().isDeleting() || !facts.rules().isVerifying() || !isProvable(facts)
        ? Optional.empty()
        : facts.grants().awaited().stream()
            .findFirst()
            .map(
                role ->
                    new Problem.Waiting(
                        Reason.ROLES_PENDING,
                        "The identity's role %s is not known to be in force yet.".formatted(role)));
  }

  private static boolean isProvable(BindingFacts facts) {
    return facts.subject() instanceof Subject.Tokens tokens
        && tokens.bearers().stream().anyMatch(bearer -> bearer.account().isPresent());
  }

  private static String proof(Subject subject, IdentityBindingStatus status) {
    return switch (subject) {
      case Subject.Tokens tokens -> proof(tokens) + lacking(tokens, status);
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

  private static String proof(Subject.Tokens tokens) {
    var accounts =
        tokens.bearers().stream()
            .flatMap(bearer -> bearer.account().stream())
            .map(account -> account.target().namespace() + "/" + account.target().name())
            .toList();
    return switch (accounts.size()) {
      case 0 ->
          tokens.bearers().isEmpty()
              ? "No service account has the labels now."
              : "Tokens of %s with subject %s are accepted."
                  .formatted(
                      tokens.bearers().getFirst().trust().issuer(),
                      tokens.bearers().getFirst().trust().subject());
      case 1 -> "Service account %s can sign in as the identity.".formatted(accounts.getFirst());
      default -> "%d service accounts can sign in as the identity.".formatted(accounts.size());
    };
  }

  /** Announced issuers for which there is no room: when one is used, it is replaced in place. */
  private static String lacking(Subject.Tokens tokens, IdentityBindingStatus status) {
    return tokens.bearers().stream()
        .filter(tokens::isSpare)
        .map(BindingFacts.Bearer::trust)
        .filter(
            trust ->
                status.federatedCredentials().stream()
                    .noneMatch(
                        entry ->
                            entry.issuer().equals(trust.issuer())
                                && entry.subject().equals(trust.subject())))
        .map(BindingFacts.Trust::issuer)
        .distinct()
        .map(" The identity has no room for credentials of issuer %s too."::formatted)
        .collect(Collectors.joining());
  }

  /** The status to write. */
  static IdentityBindingStatus status(
      BindingFacts facts, Verdict verdict, Outcome<IdentityBindingStatus> outcome, Instant now) {
    var generation = facts.lifetime().generation();
    var azure =
        outcome.operations().stream().filter(Operation::isAzure).map(Operation::asStatus).toList();
    var placed = facts.placement().map(outcome.status()::placedOn).orElseGet(outcome::status);
    return withIdentity(placed, facts.identity())
        .concluded(
            generation,
            azure.isEmpty() ? null : azure.getLast(),
            Conditions.with(
                ExchangeCondition.of(facts, outcome),
                Conditions.of(verdict, facts.status().conditions(), generation, now),
                facts.status().conditions(),
                now));
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
