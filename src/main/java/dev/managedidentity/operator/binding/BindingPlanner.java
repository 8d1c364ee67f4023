package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.binding.BindingFacts.Account;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what to do for one IdentityBinding. Pure.
 *
 * <pre>
 * nothing known              -> RememberCredential               (saved in the status, then again:)
 * named, or in doubt         -> WriteCredential                  (then again:)
 * written, differs           -> DoubtCredential                  (saved in the status, then again:)
 * written                    -> CreateAccount | AnnotateAccount | ReleaseAccount,
 *                               DeleteCredential for what another identity or issuer left behind
 * identity missing           -> nothing: what was written stays until its fate is certain
 * forbidden or being deleted -> ReleaseAccount, DeleteCredential...
 * </pre>
 *
 * <p>What may be wanted again is in doubt, saved in the status, before it is deleted.
 */
final class BindingPlanner {
  private BindingPlanner() {}

  static BindingPlan plan(BindingFacts facts) {
    if (facts.lifetime().isDeleting()) {
      return new BindingPlan(removal(facts), List.of(), false);
    }
    return switch (facts.identity()) {
      case Identity.Absent(Problem problem) -> new BindingPlan(List.of(), List.of(problem), false);
      case Identity.Forbidden(Problem problem) ->
          doubt(facts.status().federatedCredentials())
              .orElseGet(() -> new BindingPlan(removal(facts), List.of(problem), false));
      case Identity.Usable usable -> life(facts, usable);
    };
  }

  private static BindingPlan life(BindingFacts facts, Identity.Usable usable) {
    var wanted = entry(usable.credential(), State.PENDING);
    var entry =
        facts.status().federatedCredentials().stream().filter(wanted::isSameObject).findFirst();
    if (entry.isEmpty() || entry.get().state() == State.REFUSED) {
      return then(new Step.RememberCredential(wanted));
    }
    if (entry.get().state() == State.PENDING) {
      var isFirstTry = facts.tried().contains(BindingPlan.key(wanted));
      return then(new Step.WriteCredential(usable.credential(), isFirstTry));
    }
    if (!entry.get().equals(entry(usable.credential(), State.ACTIVE))) {
      return then(new Step.DoubtCredential(entry.get()));
    }
    var others =
        facts.status().federatedCredentials().stream()
            .filter(other -> !other.isSameObject(wanted))
            .toList();
    return doubt(others).orElseGet(() -> written(facts, usable, others));
  }

  private static BindingPlan written(
      BindingFacts facts, Identity.Usable usable, List<FederatedCredentialStatus> others) {
    var steps = new ArrayList<Step>();
    var problems = new ArrayList<Problem>();
    account(facts, usable, steps, problems);
    others.stream().map(BindingPlanner::remove).forEach(steps::add);
    return new BindingPlan(steps, problems, false);
  }

  /** They may be asked for again before it is known whether they are gone. */
  private static Optional<BindingPlan> doubt(List<FederatedCredentialStatus> entries) {
    var steps =
        entries.stream()
            .filter(entry -> entry.state() == State.ACTIVE)
            .<Step>map(Step.DoubtCredential::new)
            .toList();
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(new BindingPlan(steps, List.of(), true));
  }

  private static void account(
      BindingFacts facts, Identity.Usable usable, List<Step> steps, List<Problem> problems) {
    var subject = facts.subject();
    var annotations =
        subject.account().annotate()
            ? AccountAnnotations.of(
                usable.clientId(), usable.tenantId(), subject.expirationSeconds())
            : Map.<String, String>of();
    if (facts.account().isEmpty()) {
      if (subject.account().create()) {
        steps.add(new Step.CreateAccount(annotations));
      } else {
        problems.add(missing(subject.target()));
      }
      return;
    }
    var account = facts.account().get();
    if (!subject.account().annotate()) {
      release(account).ifPresent(steps::add);
    } else if (!account.annotations().entrySet().containsAll(annotations.entrySet())) {
      steps.add(new Step.AnnotateAccount(account.uid(), annotations));
    }
  }

  private static List<Step> removal(BindingFacts facts) {
    var steps = new ArrayList<Step>();
    facts.account().flatMap(BindingPlanner::release).ifPresent(steps::add);
    facts.status().federatedCredentials().stream().map(BindingPlanner::remove).forEach(steps::add);
    return steps;
  }

  private static Optional<Step> release(Account account) {
    return account.isAnnotatedByUs()
        ? Optional.of(new Step.ReleaseAccount(account.uid()))
        : Optional.empty();
  }

  private static Step remove(FederatedCredentialStatus entry) {
    return switch (entry.state()) {
      case PENDING, ACTIVE -> new Step.DeleteCredential(entry);
      case REFUSED -> new Step.ForgetCredential(entry);
    };
  }

  private static Problem missing(AccountAnnotations.Target target) {
    return new Problem.Waiting(
        Reason.SERVICE_ACCOUNT_NOT_FOUND,
        "The service account %s/%s does not exist.".formatted(target.namespace(), target.name()));
  }

  /** A credential as the status shows it. */
  static FederatedCredentialStatus entry(FederatedCredential credential, State state) {
    return new FederatedCredentialStatus(
        credential.name(),
        credential.identity().toString(),
        credential.issuer(),
        credential.subject(),
        credential.audience(),
        state,
        null);
  }

  private static BindingPlan then(Step step) {
    return new BindingPlan(List.of(step), List.of(), true);
  }
}
