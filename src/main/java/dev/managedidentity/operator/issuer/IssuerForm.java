package dev.managedidentity.operator.issuer;

import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What the text of an issuer tells about it. */
final class IssuerForm {
  private static final int LONGEST = 600;
  private static final String DOCUMENT = "/.well-known/openid-configuration";

  private IssuerForm() {}

  /** Why this can be nobody's issuer at Entra; empty when it can. */
  static Optional<Problem> problem(String issuer, boolean mustBePublic) {
    return fault(issuer)
        .<Problem>map(
            fault ->
                new Problem.Rejected(
                    Reason.ISSUER_INVALID, "Issuer %s %s.".formatted(Words.shown(issuer), fault)))
        .or(
            () ->
                mustBePublic
                    ? Hosts.whyPrivate(host(issuer)).map(why -> notPublic(issuer, why))
                    : Optional.empty());
  }

  /** The address of an issuer's discovery document: OpenID leaves out a slash at the end. */
  static String document(String issuer) {
    return (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + DOCUMENT;
  }

  /** What is wrong with a text that must be an https URL, as the rest of a sentence. */
  static Optional<String> addressFault(String text) {
    try {
      var url = new URI(text);
      if (!"https".equals(url.getScheme())) {
        return Optional.of("does not begin with https://");
      }
      if (url.getHost() == null) {
        return Optional.of("has no valid host");
      }
      return url.getRawUserInfo() == null
          ? Optional.empty()
          : Optional.of("has a user before the host");
    } catch (URISyntaxException _) {
      return Optional.of("is not a URL");
    }
  }

  /** The host of an https URL. */
  static String host(String address) {
    return URI.create(address).getHost();
  }

  private static Optional<String> fault(String issuer) {
    if (issuer.length() > LONGEST) {
      return Optional.of("has %d characters".formatted(issuer.length()));
    }
    return addressFault(issuer)
        .or(
            () ->
                issuer.contains("?") || issuer.contains("#")
                    ? Optional.of("has a query or a fragment")
                    : Optional.empty());
  }

  private static Problem notPublic(String issuer, String why) {
    return new Problem.Rejected(
        Reason.ISSUER_NOT_PUBLIC,
        "Microsoft Entra ID can never fetch the keys of issuer %s: its host is %s."
            .formatted(Words.shown(issuer), why));
  }
}
