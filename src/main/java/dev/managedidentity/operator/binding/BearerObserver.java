package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.binding.BindingFacts.Account;
import dev.managedidentity.operator.binding.BindingFacts.Bearer;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.binding.BindingFacts.Trust;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.ownership.DerivedNames;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says who shows tokens for a binding: one service account, those with its labels, or an outsider.
 */
final class BearerObserver {
  private final Federation federation;
  private final TokenIssuers issuers;
  private final Inventory inventory;
  private final CredentialRules rules;

  BearerObserver(
      Federation federation, TokenIssuers issuers, Inventory inventory, CredentialRules rules) {
    this.issuers = issuers;
    this.rules = rules;
    this.federation = federation;
    this.inventory = inventory;
  }

  CredentialRules rules() {
    return rules;
  }

  /** The bearers, of whom nobody has looked for a credential yet. */
  Subject.Tokens bearers(AccountObserver accounts) {
    var binding = accounts.binding();
    var bearers =
        Stream.concat(
                accounts.meant().stream().flatMap(account -> bearers(binding, account)),
                outsider(binding).stream())
            .toList();
    return new Subject.Tokens(
        bearers, accounts.left(), binding.getSpec().tokenExpirationSeconds(), 0);
  }

  /** The same, with what the inventory saw of the credentials on the identity. */
  Subject.Tokens on(
      Identity.Usable identity,
      int room,
      Subject.Tokens tokens,
      IdentityBindingStatus status,
      Cohabitants cohabitants) {
    return new Subject.Tokens(
        tokens.bearers().stream()
            .map(bearer -> seen(examined(bearer), status, identity, cohabitants))
            .toList(),
        tokens.left(),
        tokens.expirationSeconds(),
        room);
  }

  /** The first issuer speaks for the account; others only let its tokens in. */
  private Stream<Bearer> bearers(IdentityBinding binding, Account account) {
    var subject = account.target().subject();
    var chosen = binding.getSpec().issuer();
    if (chosen != null) {
      return Stream.of(bearer(trust(binding, chosen, subject), Optional.of(account)));
    }
    var current = issuers.current().get();
    return Stream.concat(
        Stream.of(bearer(trust(binding, current, subject), Optional.of(account))),
        issuers.additional().stream()
            .filter(issuer -> !issuer.equals(current))
            .map(issuer -> bearer(trust(binding, issuer, subject), Optional.empty())));
  }

  private static Bearer bearer(Trust trust, Optional<Account> account) {
    return new Bearer(trust, account, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Nobody's issuer is looked for over the network before the binding is admitted. */
  private Bearer examined(Bearer bearer) {
    var report = issuers.reports().apply(bearer.trust().issuer());
    return new Bearer(
        bearer.trust(),
        bearer.account(),
        bearer.sighting(),
        report.problem().filter(_ -> report.isDefinite()),
        report.problem().filter(_ -> !report.isDefinite()));
  }

  private Optional<Bearer> outsider(IdentityBinding binding) {
    return Optional.ofNullable(binding.getSpec().subject().external())
        .map(
            external ->
                bearer(trust(binding, external.issuer(), external.subject()), Optional.empty()));
  }

  private Trust trust(IdentityBinding binding, String issuer, String subject) {
    var metadata = binding.getMetadata();
    var name =
        DerivedNames.credential(
            federation.cluster(), metadata.getNamespace(), metadata.getName(), issuer, subject);
    var audience = binding.getSpec().audience();
    return new Trust(name, issuer, subject, audience == null ? federation.audience() : audience);
  }

  /** With what the inventory saw of the credential that lets the bearer in. */
  private Bearer seen(
      Bearer bearer,
      IdentityBindingStatus status,
      Identity.Usable identity,
      Cohabitants cohabitants) {
    var login = BearerState.of(bearer, identity, status.federatedCredentials());
    var obstacle = bearer.obstacle().or(() -> cohabitants.obstacle(login.wanted()));
    if (!login.isNamed() && obstacle.isPresent()) {
      return bearer.behind(obstacle.get());
    }
    var sighting = inventory.credentials().find(id(login.known().orElse(login.wanted())));
    return bearer.with(sighting);
  }

  private static String id(FederatedCredentialStatus entry) {
    return (entry.identity() + "/federatedIdentityCredentials/" + entry.name())
        .toLowerCase(Locale.ROOT);
  }
}
