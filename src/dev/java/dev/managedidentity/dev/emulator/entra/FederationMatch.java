package dev.managedidentity.dev.emulator.entra;

import dev.managedidentity.dev.emulator.model.Credential;
import java.util.List;

/**
 * Finds the federated credential that an assertion matches exactly: issuer first, then subject,
 * then audience.
 */
final class FederationMatch {
  private FederationMatch() {}

  /** Refuses with the code for the first of the three that no credential agrees with. */
  static void require(Assertion assertion, List<Credential> credentials) {
    if (credentials.isEmpty()) {
      throw new EntraRefusal(EntraErrors.noCredentials());
    }
    var sameIssuer =
        credentials.stream().filter(c -> c.issuer().equals(assertion.issuer())).toList();
    if (sameIssuer.isEmpty()) {
      throw new EntraRefusal(EntraErrors.wrongIssuer(assertion.issuer()));
    }
    var sameSubject =
        sameIssuer.stream().filter(c -> c.subject().equals(assertion.subject())).toList();
    if (sameSubject.isEmpty()) {
      throw new EntraRefusal(subjectError(assertion.subject(), sameIssuer));
    }
    if (sameSubject.stream().noneMatch(c -> assertion.audiences().contains(c.audience()))) {
      throw new EntraRefusal(EntraErrors.wrongAudience(assertion.audiences().getFirst()));
    }
  }

  private static EntraError subjectError(String subject, List<Credential> credentials) {
    return credentials.stream().anyMatch(c -> c.subject().equalsIgnoreCase(subject))
        ? EntraErrors.subjectInOtherCase(subject)
        : EntraErrors.wrongSubject(subject);
  }
}
