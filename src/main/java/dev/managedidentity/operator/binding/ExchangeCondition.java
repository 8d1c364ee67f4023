package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.plan.Conditions;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Says whether tokens of a binding's subject were exchanged. Pure. */
final class ExchangeCondition {
  private ExchangeCondition() {}

  /** The condition after a pass. */
  static Condition of(BindingFacts facts, Outcome<IdentityBindingStatus> outcome) {
    var generation = facts.lifetime().generation();
    var provable =
        facts.subject() instanceof Subject.Tokens tokens
            ? tokens.bearers().stream().filter(bearer -> bearer.account().isPresent()).toList()
            : List.<BindingFacts.Bearer>of();
    if (provable.isEmpty()) {
      return unknown(Reason.NOT_APPLICABLE, generation);
    }
    if (!facts.rules().isVerifying()) {
      return unknown(Reason.VERIFICATION_DISABLED, generation);
    }
    var verified =
        outcome.status().federatedCredentials().stream()
            .filter(entry -> entry.verifiedAt() != null)
            .toList();
    var isWhole =
        provable.stream()
            .allMatch(
                bearer ->
                    verified.stream()
                        .anyMatch(entry -> entry.subject().equals(bearer.trust().subject())));
    var problem =
        outcome.operations().stream()
            .filter(operation -> operation.verb().equals(CredentialApplier.VERIFY))
            .map(Operation::problem)
            .filter(Objects::nonNull)
            .findFirst();
    if (isWhole && problem.isEmpty()) {
      return Conditions.condition(
          Conditions.TOKEN_EXCHANGE_VERIFIED,
          "True",
          Reason.TOKEN_EXCHANGE_VERIFIED,
          words(verified),
          generation);
    }
    return problem
        .map(one -> failed(one, generation))
        .orElseGet(() -> unknown(Reason.TOKEN_EXCHANGE_PENDING, generation));
  }

  private static String words(List<FederatedCredentialStatus> verified) {
    var slowest =
        verified.stream()
            .flatMap(entry -> Optional.ofNullable(entry.verificationMillis()).stream())
            .max(Integer::compare)
            .orElse(0);
    var subjects = verified.stream().map(FederatedCredentialStatus::subject).distinct().count();
    return "A token of %s was exchanged, in %d ms at most."
        .formatted(subjects == 1 ? "the service account" : subjects + " service accounts", slowest);
  }

  private static Condition failed(Problem problem, long generation) {
    var isForAPerson = !(problem instanceof Problem.Waiting) && !problem.isTransient();
    return Conditions.condition(
        Conditions.TOKEN_EXCHANGE_VERIFIED,
        isForAPerson ? "False" : "Unknown",
        problem.reason(),
        problem.message(),
        generation);
  }

  private static Condition unknown(Reason reason, long generation) {
    return Conditions.condition(
        Conditions.TOKEN_EXCHANGE_VERIFIED, "Unknown", reason, reason.meaning(), generation);
  }
}
