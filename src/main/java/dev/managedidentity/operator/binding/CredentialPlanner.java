package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.proof.Claim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what becomes of the credentials of those who show tokens. Pure. What becomes of service
 * accounts is {@link AccountPlanner}'s; what is superseded goes by the rules of {@link Succession}.
 *
 * <pre>
 * nothing known               -> RememberCredential          (saved in the status, then again:)
 * written, differs or is gone -> DoubtCredential             (saved in the status, then again:)
 * named, or in doubt          -> WriteCredential, then as:
 * written                     -> its service account, ProveCredential
 * superseded                  -> RetireCredential, DoubtCredential (saved), DeleteCredential
 * to be taken down            -> DoubtCredential, ReleaseAccount, DeleteCredential...
 * </pre>
 *
 * <p>One bearer's trouble is not the others': whatever can be done for each is done.
 */
final class CredentialPlanner {
  private final BindingFacts facts;
  private final Subject.Tokens tokens;
  private final Instant now;
  private final List<BearerState> logins;
  private final Succession succession;

  private CredentialPlanner(
      BindingFacts facts, Subject.Tokens tokens, Identity.Usable usable, Instant now) {
    this.facts = facts;
    this.tokens = tokens;
    this.now = now;
    this.logins = asked(facts, tokens, usable);
    this.succession =
        new Succession(
            logins, facts.status().federatedCredentials(), tokens.room(), facts.rules(), now);
  }

  static BindingPlan life(
      BindingFacts facts, Subject.Tokens tokens, Identity.Usable usable, Instant now) {
    var planner = new CredentialPlanner(facts, tokens, usable, now);
    return planner.saving().orElseGet(() -> planner.working(usable));
  }

  /** Credentials of further issuers get what room the others leave. */
  private static List<BearerState> asked(
      BindingFacts facts, Subject.Tokens tokens, Identity.Usable usable) {
    var all =
        tokens.bearers().stream()
            .map(bearer -> BearerState.of(bearer, usable, facts.status().federatedCredentials()))
            .toList();
    var first = all.stream().filter(login -> !tokens.isSpare(login.bearer())).toList();
    var spares =
        all.stream()
            .filter(login -> tokens.isSpare(login.bearer()))
            .sorted(Comparator.comparing(login -> !login.isNamed()))
            .limit(Math.max(0, tokens.room() - first.size()));
    return Stream.concat(first.stream(), spares).toList();
  }

  /** What must be saved before anything else is done. */
  private Optional<BindingPlan> saving() {
    var steps = new ArrayList<Step>();
    var findings = new ArrayList<Finding>();
    var named = 0;
    for (var login : logins) {
      if (!login.isNamed()) {
        if (login.bearer().obstacle().isEmpty() && named < succession.places()) {
          named++;
          steps.add(new Step.RememberCredential(login.wanted()));
        }
      } else if (login.isWritten()) {
        var finding = login.finding(now);
        if (finding.isPresent() || !login.isAsWanted()) {
          finding.ifPresent(findings::add);
          steps.add(doubt(login.known().orElseThrow()));
        }
      }
    }
    steps.addAll(succession.saving());
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(new BindingPlan(steps, List.of(), findings, true));
  }

  /** The rest, in which nothing depends on what is not saved yet. */
  private BindingPlan working(Identity.Usable usable) {
    var steps = new ArrayList<Step>();
    var problems = new ArrayList<Problem>();
    var isMoving = false;
    var withoutPlace = 0;
    for (var login : logins) {
      if (login.isNamed()) {
        if (!login.isWritten()) {
          isMoving = true;
          steps.add(write(login, usable));
        }
        login
            .bearer()
            .account()
            .ifPresent(
                account ->
                    AccountPlanner.life(
                        account, usable, tokens.expirationSeconds(), steps, problems));
        if (login.needsProof(facts.rules(), now) || isAskingForRoles(login)) {
          var proof = login.claim(usable, grants(login)).map(claim -> proof(login, claim));
          proof.ifPresent(steps::add);
          isMoving |= proof.isPresent();
        } else if (!login.isProven(facts.rules(), now)) {
          login.bearer().doubt().ifPresent(problems::add);
        }
      } else if (login.bearer().obstacle().isPresent()) {
        problems.add(login.bearer().obstacle().get());
      } else {
        withoutPlace++;
      }
    }
    if (withoutPlace > 0) {
      problems.add(full(withoutPlace, usable));
    }
    tokens.left().forEach(account -> steps.addAll(AccountPlanner.release(account)));
    var removal = succession.removal();
    steps.addAll(removal);
    var hasMore = (isMoving && succession.isPending()) || (withoutPlace > 0 && !removal.isEmpty());
    return new BindingPlan(steps, problems, List.of(), hasMore);
  }

  private Step write(BearerState login, Identity.Usable usable) {
    var isFirstTry = facts.tried().contains(BindingPlan.key(login.wanted()));
    return new Step.WriteCredential(
        login.bearer().trust().on(usable.id()), usable.clientId(), isFirstTry);
  }

  private static Step proof(BearerState login, Claim claim) {
    var written = login.isWritten() ? login.known().orElseThrow() : login.wanted();
    return new Step.ProveCredential(written, claim);
  }

  /** One binding of an identity asks for all of them, as its first bearer. */
  private boolean isAskingForRoles(BearerState login) {
    return facts.rules().isVerifying()
        && !facts.grants().open().isEmpty()
        && facts.grants().isAsking()
        && login.equals(logins.getFirst());
  }

  /** Those that were seen in force are looked at again with the proof itself. */
  private List<Claim.Grant> grants(BearerState login) {
    if (!facts.grants().isAsking()) {
      return List.of();
    }
    return login.isProofOver(facts.rules(), now) ? facts.grants().made() : facts.grants().open();
  }

  private Problem full(int count, Identity.Usable usable) {
    return new Problem.QuotaReached(
        Reason.CREDENTIAL_QUOTA_EXCEEDED,
        "Identity %s has no room for %d of the %d federated credential(s) that are asked for."
            .formatted(usable.id().name(), count, logins.size()));
  }

  /** Takes everything back for as long as the problem lasts. */
  static BindingPlan withdrawal(BindingFacts facts, Subject.Tokens tokens, Problem problem) {
    return doubtAll(facts.status().federatedCredentials())
        .orElseGet(() -> new BindingPlan(everything(facts, tokens), List.of(problem), false));
  }

  /** Takes everything back for ever. */
  static BindingPlan deletion(BindingFacts facts, Subject.Tokens tokens) {
    return new BindingPlan(everything(facts, tokens), List.of(), false);
  }

  /** Takes these back, and then these are the problems. */
  static BindingPlan removal(List<FederatedCredentialStatus> entries, List<Problem> problems) {
    return doubtAll(entries)
        .orElseGet(
            () ->
                new BindingPlan(
                    entries.stream().map(CredentialPlanner::remove).toList(), problems, false));
  }

  private static List<Step> everything(BindingFacts facts, Subject.Tokens tokens) {
    var steps = new ArrayList<Step>();
    tokens.bearers().stream()
        .flatMap(bearer -> bearer.account().stream())
        .flatMap(account -> AccountPlanner.release(account).stream())
        .forEach(steps::add);
    tokens.left().stream()
        .flatMap(account -> AccountPlanner.release(account).stream())
        .forEach(steps::add);
    facts.status().federatedCredentials().stream()
        .map(CredentialPlanner::remove)
        .forEach(steps::add);
    return steps;
  }

  /** They may be asked for again before it is known whether they are gone. */
  private static Optional<BindingPlan> doubtAll(List<FederatedCredentialStatus> entries) {
    var steps =
        entries.stream()
            .filter(entry -> entry.state() == State.ACTIVE)
            .<Step>map(Step.DoubtCredential::new)
            .toList();
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(new BindingPlan(steps, List.of(), true));
  }

  /** What somebody else made is only forgotten: it is not ours to change. */
  static Step doubt(FederatedCredentialStatus entry) {
    return entry.state() == State.FOREIGN
        ? new Step.ForgetCredential(entry)
        : new Step.DoubtCredential(entry);
  }

  static Step remove(FederatedCredentialStatus entry) {
    return switch (entry.state()) {
      case PENDING, ACTIVE -> new Step.DeleteCredential(entry);
      case REFUSED, FOREIGN -> new Step.ForgetCredential(entry);
    };
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
