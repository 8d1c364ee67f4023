package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.binding.BindingFacts.Account;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.pods.ClientIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides what becomes of a service account. Pure. */
final class AccountPlanner {
  private AccountPlanner() {}

  /** The account is there, and says whom its pods sign in as where it is asked to. */
  static void life(
      Account account,
      Identity.Usable usable,
      int expirationSeconds,
      List<Step> steps,
      List<Problem> problems) {
    var annotations =
        account.wish().annotate()
            ? AccountAnnotations.of(usable.clientId(), usable.tenantId(), expirationSeconds)
            : Map.<String, String>of();
    if (account.existing().isEmpty()) {
      if (account.wish().create()) {
        steps.add(new Step.CreateAccount(account.target(), annotations));
      } else {
        problems.add(missing(account.target()));
      }
      return;
    }
    var existing = account.existing().get();
    if (!account.wish().annotate()) {
      unannotate(account).ifPresent(steps::add);
    } else if (!existing.annotations().entrySet().containsAll(annotations.entrySet())) {
      steps.add(
          new Step.AnnotateAccount(
              account.target(), existing.uid(), existing.isOwnedByUs(), annotations));
    }
    account.publication().flatMap(one -> publish(account, one, usable)).ifPresent(steps::add);
  }

  private static Optional<Step> publish(
      Account account, BindingFacts.Publication publication, Identity.Usable usable) {
    var wanted =
        ClientIds.entries(
            publication.identity(),
            account.wish().annotate(),
            usable.clientId(),
            usable.tenantId());
    return wanted.equals(publication.entries())
        ? Optional.empty()
        : Optional.of(new Step.PublishClientId(account.target(), publication.map(), wanted));
  }

  /** What the binding set on the account, or published for its pods, is taken back. */
  static List<Step> release(Account account) {
    return Stream.concat(unannotate(account).stream(), withdraw(account).stream()).toList();
  }

  private static Optional<Step> withdraw(Account account) {
    return account
        .publication()
        .filter(publication -> !publication.entries().isEmpty())
        .flatMap(
            publication ->
                publication
                    .uid()
                    .map(
                        uid ->
                            new Step.WithdrawClientId(account.target(), publication.map(), uid)));
  }

  private static Optional<Step> unannotate(Account account) {
    return account
        .existing()
        .filter(BindingFacts.ExistingAccount::isAnnotatedByUs)
        .map(
            existing ->
                new Step.ReleaseAccount(account.target(), existing.uid(), existing.isOwnedByUs()));
  }

  private static Problem missing(AccountAnnotations.Target target) {
    return new Problem.Waiting(
        Reason.SERVICE_ACCOUNT_NOT_FOUND,
        "The service account %s/%s does not exist.".formatted(target.namespace(), target.name()));
  }
}
