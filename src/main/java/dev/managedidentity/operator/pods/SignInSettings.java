package dev.managedidentity.operator.pods;

import java.util.Optional;
import java.util.Set;

/**
 * What the Azure SDKs in a pod need to sign in.
 *
 * @param configMap name of the ConfigMap that has the client id
 * @param key of the client id in it
 * @param replaced client ids that azure-workload-identity sets for pods that name no identity,
 *     where this one does
 * @param tenantKey of the tenant's id in it
 * @param tenantId of the identity; empty while it is not known
 * @param authorityHost where Entra gives out tokens, with a slash at its end
 * @param audience of the pod's token
 * @param expirationSeconds how long the token is valid
 */
public record SignInSettings(
    String configMap,
    String key,
    Set<String> replaced,
    String tenantKey,
    Optional<String> tenantId,
    String authorityHost,
    String audience,
    int expirationSeconds) {
  public SignInSettings {
    replaced = Set.copyOf(replaced);
  }
}
