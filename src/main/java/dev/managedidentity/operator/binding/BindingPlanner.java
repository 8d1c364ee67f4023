package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.plan.Problem;
import java.time.Instant;
import java.util.List;

/**
 * Decides what to do for one IdentityBinding. Pure. What becomes of a service account's credential
 * is {@link CredentialPlanner}'s, of an Azure resource's assignment {@link AssignmentPlanner}'s.
 *
 * <pre>
 * identity usable            -> make it as asked; what another identity left behind goes last
 * identity frozen            -> the same as long as there is nothing to do
 * identity missing           -> nothing: what was written stays until its fate is certain
 * identity taken             -> the same, but what others wait for goes
 * forbidden or being deleted -> what was written goes
 * </pre>
 *
 * <p>What is new is named in the status before it is written, and what may be wanted again is in
 * doubt, saved in the status, before it is removed.
 */
final class BindingPlanner {
  private BindingPlanner() {}

  /** The plan, made at this moment. */
  static BindingPlan plan(BindingFacts facts, Instant now) {
    if (facts.lifetime().isDeleting()) {
      return switch (facts.subject()) {
        case Subject.Account account -> CredentialPlanner.deletion(facts, account);
        case Subject.Resource _ ->
            AssignmentPlanner.removal(facts.status().assignments(), List.of());
      };
    }
    return switch (facts.identity()) {
      case Identity.Absent(Problem problem) -> BindingPlan.stuck(problem);
      case Identity.Forbidden(Problem problem) -> withdrawal(facts, problem);
      case Identity.Taken taken -> yielding(facts, taken);
      case Identity.Usable usable -> life(facts, usable, now);
      case Identity.Frozen(Identity.Usable usable, Problem problem) -> {
        var plan = life(facts, usable, now);
        yield plan.steps().isEmpty() ? plan : BindingPlan.stuck(problem);
      }
    };
  }

  private static BindingPlan life(BindingFacts facts, Identity.Usable usable, Instant now) {
    return switch (facts.subject()) {
      case Subject.Account account -> CredentialPlanner.life(facts, account, usable, now);
      case Subject.Resource resource -> AssignmentPlanner.life(facts, resource, usable, now);
    };
  }

  private static BindingPlan withdrawal(BindingFacts facts, Problem problem) {
    return switch (facts.subject()) {
      case Subject.Account account -> CredentialPlanner.withdrawal(facts, account, problem);
      case Subject.Resource _ ->
          AssignmentPlanner.removal(facts.status().assignments(), List.of(problem));
    };
  }

  private static BindingPlan yielding(BindingFacts facts, Identity.Taken taken) {
    return switch (facts.subject()) {
      case Subject.Account _ ->
          CredentialPlanner.removal(
              facts.status().federatedCredentials().stream()
                  .filter(entry -> isAwaited(taken, entry.identity()))
                  .toList(),
              List.of(taken.problem()));
      case Subject.Resource _ ->
          AssignmentPlanner.removal(
              facts.status().assignments().stream()
                  .filter(entry -> isAwaited(taken, entry.identity()))
                  .toList(),
              List.of(taken.problem()));
    };
  }

  private static boolean isAwaited(Identity.Taken taken, String identity) {
    return taken.awaited().stream().anyMatch(identity::equalsIgnoreCase);
  }
}
