package dev.managedidentity.operator.azure;

import java.util.Map;

/** A user-assigned identity as Azure has it. */
public record AzureIdentity(
    IdentityId id,
    String clientId,
    String principalId,
    String tenantId,
    String location,
    boolean isRegional,
    Map<String, String> tags) {
  public AzureIdentity {
    tags = Map.copyOf(tags);
  }
}
