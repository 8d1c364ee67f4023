package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.plan.Problem;
import java.time.Duration;

/** Proves that a pod of a service account can sign in, by doing what the pod would do. */
public interface SignInProof {
  /** Signs in once. Blocks; keeps no token. */
  Result prove(Claim claim);

  /**
   * Who is to sign in as whom.
   *
   * @param issuer of the tokens that the credential accepts
   */
  record Claim(
      String namespace,
      String account,
      String issuer,
      String audience,
      IdentityId identity,
      String clientId,
      String tenantId) {}

  /** What came of it. */
  sealed interface Result {
    /** A token was exchanged; it took this long. */
    record Proven(Duration took) implements Result {}

    /** Not now. */
    record NotProven(Problem problem) implements Result {}
  }
}
