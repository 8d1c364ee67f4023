package dev.managedidentity.operator.issuer;

import dev.managedidentity.operator.issuer.Web.Fetched;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One look at an issuer, as Entra looks at it: the text, the host, the discovery document, the
 * keys, and for the cluster's own issuer whether these are the cluster's keys.
 *
 * @param mustBePublic whether Entra is on the Internet, as it is in every cloud but a custom one
 * @param clusterKeys the JSON Web Key Set of this cluster's API server; empty when it tells none
 */
record IssuerCheck(Web web, boolean mustBePublic, Supplier<Optional<String>> clusterKeys) {

  /** Why Entra would not accept the issuer's tokens; empty when it would. */
  Optional<Problem> check(String issuer, boolean isOwn) {
    return IssuerForm.problem(issuer, mustBePublic)
        .or(
            () ->
                read(
                    issuer,
                    "discovery document",
                    IssuerForm.document(issuer),
                    text -> document(issuer, DiscoveryDocument.parse(text), isOwn)));
  }

  private Optional<Problem> document(String issuer, DiscoveryDocument document, boolean isOwn) {
    if (!document.issuer().equals(issuer)) {
      var named =
          document.issuer().isEmpty()
              ? "names no issuer"
              : "names the issuer " + Words.shown(document.issuer());
      return differs(
          issuer, "The document at %s %s.".formatted(IssuerForm.document(issuer), named));
    }
    var keys = document.keysAddress();
    if (keys.isEmpty()) {
      return differs(issuer, "Its discovery document has no jwks_uri.");
    }
    var fault = IssuerForm.addressFault(keys);
    if (fault.isPresent()) {
      return differs(issuer, "Its jwks_uri %s %s.".formatted(Words.shown(keys), fault.get()));
    }
    var whyPrivate =
        mustBePublic ? Hosts.whyPrivate(IssuerForm.host(keys)) : Optional.<String>empty();
    return whyPrivate.isPresent()
        ? Optional.of(privateKeys(issuer, keys, whyPrivate.get()))
        : read(issuer, "keys", keys, text -> keys(issuer, keys, text, isOwn));
  }

  private Optional<Problem> keys(String issuer, String address, String text, boolean isOwn) {
    var published = SigningKeys.parse(text);
    if (published.isEmpty()) {
      return differs(issuer, "There are no keys at %s.".formatted(Words.shown(address)));
    }
    return isOwn
        ? clusterKeys
            .get()
            .flatMap(SigningKeys::parse)
            .map(own -> own.missingIn(published.get()))
            .filter(missing -> !missing.isEmpty())
            .map(
                missing ->
                    new Problem.Rejected(
                        Reason.ISSUER_KEYS_DIFFER,
                        "Issuer %s does not publish this cluster's key %s at %s."
                            .formatted(
                                Words.shown(issuer),
                                Words.shown(String.join(", ", missing)),
                                Words.shown(address))))
        : Optional.empty();
  }

  private Optional<Problem> read(
      String issuer, String what, String address, Function<String, Optional<Problem>> further) {
    if (mustBePublic && hasOnlyPrivateAddresses(IssuerForm.host(address))) {
      return notReachable(issuer, what, address, "has only private addresses here");
    }
    return switch (web.fetch(address)) {
      case Fetched.Document document -> further.apply(document.text());
      case Fetched.Failed failed -> notReachable(issuer, what, address, failed.why());
    };
  }

  private boolean hasOnlyPrivateAddresses(String host) {
    var addresses = web.addresses(host);
    return !addresses.isEmpty() && addresses.stream().allMatch(Hosts::isPrivate);
  }

  private static Optional<Problem> differs(String issuer, String how) {
    return Optional.of(
        new Problem.Rejected(
            Reason.ISSUER_DIFFERS,
            "Issuer %s is not what is published there. %s".formatted(Words.shown(issuer), how)));
  }

  private static Optional<Problem> notReachable(
      String issuer, String what, String address, String why) {
    return Optional.of(
        new Problem.Waiting(
            Reason.ISSUER_NOT_REACHABLE,
            "The %s of issuer %s cannot be fetched: %s %s."
                .formatted(what, Words.shown(issuer), Words.shown(address), why)));
  }

  private static Problem privateKeys(String issuer, String address, String why) {
    return new Problem.Rejected(
        Reason.ISSUER_NOT_PUBLIC,
        "Microsoft Entra ID can never fetch the keys of issuer %s: the host of its jwks_uri %s is"
                .formatted(Words.shown(issuer), Words.shown(address))
            + " %s.".formatted(why));
  }
}
