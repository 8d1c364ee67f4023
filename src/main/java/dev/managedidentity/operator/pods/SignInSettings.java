package dev.managedidentity.operator.pods;

/**
 * What the Azure SDKs in a pod need to sign in.
 *
 * @param configMap name of the ConfigMap that has the client id
 * @param key of the client id in it
 * @param tenantId of the identity
 * @param authorityHost where Entra gives out tokens, with a slash at its end
 * @param audience of the pod's token
 * @param expirationSeconds how long the token is valid
 */
public record SignInSettings(
    String configMap,
    String key,
    String tenantId,
    String authorityHost,
    String audience,
    int expirationSeconds) {}
