package dev.managedidentity.operator.issuer;

import dev.managedidentity.operator.plan.Problem;
import java.util.Optional;

/**
 * What is known of an issuer.
 *
 * @param problem why Entra does not, or perhaps does not, accept its tokens; empty when it does
 */
public record IssuerReport(String issuer, Optional<Problem> problem) {
  /**
   * Whether there is a problem for certain, so that a new credential for the issuer would be of no
   * use. Otherwise a problem is only a hint: Entra asks from elsewhere and may reach what the
   * operator does not.
   */
  public boolean isDefinite() {
    return problem.filter(Problem.Rejected.class::isInstance).isPresent();
  }
}
