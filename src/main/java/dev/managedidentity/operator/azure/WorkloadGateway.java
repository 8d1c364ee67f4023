package dev.managedidentity.operator.azure;

import java.util.List;

/**
 * What a workload asks of Azure, asked in its place and by its means, never by the operator's own.
 * As with {@link AzureGateway}, each answer is a value and nothing is retried; nothing is
 * remembered either, and neither token is in any answer that fails.
 */
public interface WorkloadGateway {
  /** Exchanges a token of the workload for one of the identity: one call to Microsoft Entra ID. */
  Answer<AccessToken> exchange(Login login, Assertion assertion);

  /**
   * What the token's bearer may do at a scope; a call for each page. Nothing where Azure does not
   * let it see the scope.
   */
  Answer<List<Permission>> listPermissions(AccessToken token, String scope);
}
