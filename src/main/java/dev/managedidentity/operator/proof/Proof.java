package dev.managedidentity.operator.proof;

import dev.managedidentity.operator.plan.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of trying. */
public sealed interface Proof {
  /**
   * The service account can sign in as the identity.
   *
   * @param issuer of the token that was exchanged: the credential of this issuer works
   * @param took how long the API server and Entra needed together
   * @param grants each that was asked for, in order
   */
  record Exchanged(String issuer, Duration took, List<Effect> grants) implements Proof {
    public Exchanged {
      grants = List.copyOf(grants);
    }

    /** Why not all grants are in force, the first reason; empty when all are. */
    public Optional<Problem> rolesProblem() {
      return grants.stream().flatMap(effect -> effect.problem().stream()).findFirst();
    }
  }

  /** It cannot, or it is not known. */
  record NotExchanged(Problem problem) implements Proof {}

  /**
   * Whether a grant is in force.
   *
   * @param problem why not, or why that is not known; empty when it is
   */
  record Effect(Claim.Grant grant, Optional<Problem> problem) {
    /** Whether the identity may do all that the role allows. */
    public boolean isInForce() {
      return problem.isEmpty();
    }
  }
}
