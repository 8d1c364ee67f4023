package dev.managedidentity.operator.proof;

import dev.managedidentity.operator.azure.Login;
import java.util.List;

/**
 * What is to be proven: that a service account can sign in as an identity, and that the identity
 * may do what it was granted.
 *
 * @param audience of the service account's token, as the federated credential names it
 * @param grants to look for; none: only the exchange is tried
 */
public record Claim(
    String namespace, String account, String audience, Login login, List<Grant> grants) {
  public Claim {
    grants = List.copyOf(grants);
  }

  /**
   * A role that was assigned to the identity.
   *
   * @param role its name or id, as people wrote it
   * @param definitionId resource id of the role definition
   */
  public record Grant(String role, String definitionId, String scope) {}
}
