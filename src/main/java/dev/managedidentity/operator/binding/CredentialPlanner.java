package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.binding.BindingFacts.ExistingAccount;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.inventory.Sighting;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what becomes of a service account and its credential. Pure.
 *
 * <pre>
 * nothing known               -> RememberCredential          (saved in the status, then again:)
 * named, or in doubt          -> WriteCredential             (then again:)
 * written, differs or is gone -> DoubtCredential             (saved in the status, then again:)
 * written                     -> CreateAccount | AnnotateAccount | ReleaseAccount,
 *                                DeleteCredential for what another identity or issuer left behind
 * to be taken down            -> DoubtCredential, ReleaseAccount, DeleteCredential...
 * </pre>
 */
final class CredentialPlanner {
  private CredentialPlanner() {}

  static BindingPlan life(
      BindingFacts facts, Subject.Account account, Identity.Usable usable, Instant now) {
    var credential = account.trust().on(usable.id());
    var wanted = entry(credential, usable.clientId(), State.PENDING);
    var entry =
        facts.status().federatedCredentials().stream().filter(wanted::isSameObject).findFirst();
    if (entry.isEmpty() || entry.get().state() == State.REFUSED) {
      return BindingPlan.then(new Step.RememberCredential(wanted));
    }
    if (entry.get().state() == State.PENDING) {
      var isFirstTry = facts.tried().contains(BindingPlan.key(wanted));
      return BindingPlan.then(new Step.WriteCredential(credential, usable.clientId(), isFirstTry));
    }
    if (!entry.get().equals(wanted.in(State.ACTIVE))) {
      return BindingPlan.then(new Step.DoubtCredential(entry.get()));
    }
    var finding = account.sighting().flatMap(seen -> finding(seen, credential, now));
    return finding
        .map(found -> BindingPlan.then(new Step.DoubtCredential(entry.get()), found))
        .orElseGet(() -> written(facts, account, usable, wanted));
  }

  private static BindingPlan written(
      BindingFacts facts,
      Subject.Account account,
      Identity.Usable usable,
      FederatedCredentialStatus wanted) {
    var others =
        facts.status().federatedCredentials().stream()
            .filter(other -> !other.isSameObject(wanted))
            .toList();
    return doubt(others)
        .orElseGet(
            () -> {
              var steps = new ArrayList<Step>();
              var problems = new ArrayList<Problem>();
              account(account, usable, steps, problems);
              others.stream().map(CredentialPlanner::remove).forEach(steps::add);
              return new BindingPlan(steps, problems, false);
            });
  }

  /** What the sighting says is wrong with the credential, if anything. */
  private static Optional<Finding> finding(
      Sighting<FederatedCredential> seen, FederatedCredential wanted, Instant now) {
    return switch (seen) {
      case Sighting.Absent<FederatedCredential> _ ->
          Optional.of(
              new Finding(
                  Finding.Kind.CREDENTIAL_DELETED,
                  wanted.id(),
                  "The federated credential was deleted; it is written again.",
                  now));
      case Sighting.Present<FederatedCredential>(FederatedCredential value) ->
          isSame(value, wanted)
              ? Optional.empty()
              : Optional.of(
                  new Finding(
                      Finding.Kind.CREDENTIAL_CHANGED,
                      wanted.id(),
                      "The federated credential was changed to issuer %s, subject %s and audience %s; it is made as it was."
                          .formatted(value.issuer(), value.subject(), value.audience()),
                      now));
    };
  }

  private static boolean isSame(FederatedCredential one, FederatedCredential other) {
    return one.issuer().equals(other.issuer())
        && one.subject().equals(other.subject())
        && one.audience().equals(other.audience());
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
      Subject.Account subject, Identity.Usable usable, List<Step> steps, List<Problem> problems) {
    var annotations =
        subject.wish().annotate()
            ? AccountAnnotations.of(
                usable.clientId(), usable.tenantId(), subject.expirationSeconds())
            : Map.<String, String>of();
    if (subject.existing().isEmpty()) {
      if (subject.wish().create()) {
        steps.add(new Step.CreateAccount(annotations));
      } else {
        problems.add(missing(subject.target()));
      }
      return;
    }
    var account = subject.existing().get();
    if (!subject.wish().annotate()) {
      release(account).ifPresent(steps::add);
    } else if (!account.annotations().entrySet().containsAll(annotations.entrySet())) {
      steps.add(new Step.AnnotateAccount(account.uid(), annotations));
    }
  }

  /** Takes everything back for as long as the problem lasts. */
  static BindingPlan withdrawal(BindingFacts facts, Subject.Account account, Problem problem) {
    return doubt(facts.status().federatedCredentials())
        .orElseGet(() -> new BindingPlan(everything(facts, account), List.of(problem), false));
  }

  /** Takes everything back for ever. */
  static BindingPlan deletion(BindingFacts facts, Subject.Account account) {
    return new BindingPlan(everything(facts, account), List.of(), false);
  }

  /** Takes these back, and then these are the problems. */
  static BindingPlan removal(List<FederatedCredentialStatus> entries, List<Problem> problems) {
    return doubt(entries)
        .orElseGet(
            () ->
                new BindingPlan(
                    entries.stream().map(CredentialPlanner::remove).toList(), problems, false));
  }

  private static List<Step> everything(BindingFacts facts, Subject.Account account) {
    var steps = new ArrayList<Step>();
    account.existing().flatMap(CredentialPlanner::release).ifPresent(steps::add);
    facts.status().federatedCredentials().stream()
        .map(CredentialPlanner::remove)
        .forEach(steps::add);
    return steps;
  }

  private static Optional<Step> release(ExistingAccount account) {
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
  static FederatedCredentialStatus entry(
      FederatedCredential credential, String clientId, State state) {
    return new FederatedCredentialStatus(
        credential.name(),
        credential.identity().toString(),
        credential.issuer(),
        credential.subject(),
        credential.audience(),
        state,
        clientId);
  }
}
