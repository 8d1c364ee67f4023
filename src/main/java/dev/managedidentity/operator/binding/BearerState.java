package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.Login;
import dev.managedidentity.operator.binding.BindingFacts.Bearer;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.inventory.Sighting;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.proof.Claim;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A bearer and the credential that lets it in.
 *
 * @param wanted the credential as it is to be, about to be written
 * @param known what the status says of it, or of one that somebody else made for the same login
 */
record BearerState(
    Bearer bearer, FederatedCredentialStatus wanted, Optional<FederatedCredentialStatus> known) {

  static BearerState of(
      Bearer bearer, Identity.Usable usable, List<FederatedCredentialStatus> credentials) {
    var wanted =
        CredentialPlanner.entry(bearer.trust().on(usable.id()), usable.clientId(), State.PENDING);
    var known = credentials.stream().filter(entry -> isFor(entry, wanted)).findFirst();
    return new BearerState(bearer, wanted, known);
  }

  private static boolean isFor(FederatedCredentialStatus entry, FederatedCredentialStatus wanted) {
    return entry.isSameObject(wanted)
        || (entry.state() == State.FOREIGN && entry.isSameLogin(wanted));
  }

  /** Whether a credential is there or may be. */
  boolean isNamed() {
    return known.filter(entry -> entry.state() != State.REFUSED).isPresent();
  }

  boolean isWritten() {
    return known
        .filter(entry -> entry.state() == State.ACTIVE || entry.state() == State.FOREIGN)
        .isPresent();
  }

  boolean isAsWanted() {
    return known
        .filter(entry -> entry.isSameLogin(wanted))
        .filter(entry -> entry.audience().equals(wanted.audience()))
        .filter(entry -> Objects.equals(entry.clientId(), wanted.clientId()))
        .isPresent();
  }

  /** Whether a token was exchanged since the credential was written, and not too long ago. */
  boolean isProven(CredentialRules rules, Instant now) {
    return known
        .map(FederatedCredentialStatus::verifiedAt)
        .filter(time -> Instant.parse(time).plus(rules.proofLife()).isAfter(now))
        .isPresent();
  }

  /** Whether a token was exchanged too long ago. */
  boolean isProofOver(CredentialRules rules, Instant now) {
    return known.map(FederatedCredentialStatus::verifiedAt).isPresent() && !isProven(rules, now);
  }

  /** Only tokens of service accounts can be had, and only of the cluster's own issuer. */
  boolean needsProof(CredentialRules rules, Instant now) {
    return rules.isVerifying() && bearer.account().isPresent() && !isProven(rules, now);
  }

  /** What would be tried, these grants too; empty for those whose tokens cannot be had. */
  Optional<Claim> claim(Identity.Usable usable, List<Claim.Grant> grants) {
    return bearer
        .account()
        .filter(account -> account.existing().isPresent() || account.wish().create())
        .map(
            account ->
                new Claim(
                    account.target().namespace(),
                    account.target().name(),
                    bearer.trust().audience(),
                    new Login(usable.tenantId(), usable.clientId()),
                    grants));
  }

  /** Whether it serves, as far as can be known: what it supersedes may go. */
  boolean isServing(CredentialRules rules) {
    var isProven = known.map(FederatedCredentialStatus::verifiedAt).isPresent();
    var isProvable = bearer.account().flatMap(BindingFacts.Account::existing).isPresent();
    return isWritten() && (isProven || !rules.isVerifying() || !isProvable);
  }

  /** What the inventory says is wrong with the credential, if anything. */
  Optional<Finding> finding(Instant now) {
    return bearer.sighting().flatMap(seen -> finding(seen, now));
  }

  private Optional<Finding> finding(Sighting<FederatedCredential> seen, Instant now) {
    var id = wanted.identity() + "/federatedIdentityCredentials/" + known.orElse(wanted).name();
    return switch (seen) {
      case Sighting.Absent<FederatedCredential> _ ->
          Optional.of(
              new Finding(
                  Finding.Kind.CREDENTIAL_DELETED,
                  id,
                  "The federated credential was deleted; it is written again.",
                  now));
      case Sighting.Present<FederatedCredential>(FederatedCredential value) ->
          isSame(value)
              ? Optional.empty()
              : Optional.of(
                  new Finding(
                      Finding.Kind.CREDENTIAL_CHANGED,
                      id,
                      "The federated credential was changed to issuer %s, subject %s and audience %s; it is made as it was."
                          .formatted(value.issuer(), value.subject(), value.audience()),
                      now));
    };
  }

  private boolean isSame(FederatedCredential value) {
    return value.issuer().equals(wanted.issuer())
        && value.subject().equals(wanted.subject())
        && value.audience().equals(wanted.audience());
  }
}
