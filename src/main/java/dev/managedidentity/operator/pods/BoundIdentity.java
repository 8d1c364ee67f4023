package dev.managedidentity.operator.pods;

import java.util.Optional;

/**
 * An identity that a service account is bound to, as far as that is known.
 *
 * @param binding name of the IdentityBinding
 * @param identity as pods name it: {@code NAME}, or {@code NAMESPACE/NAME} of another namespace
 * @param isDefault whether pods that name none sign in as it
 * @param clientId of the identity; empty until it has one
 * @param tenantId of the identity; empty until it is known
 * @param audience of the pods' tokens
 * @param expirationSeconds how long the pods' tokens are valid
 * @param isRestarting whether workloads are restarted whose pods have settings of the past
 * @param waiting why pods cannot sign in yet; empty when they can
 */
public record BoundIdentity(
    String binding,
    String identity,
    boolean isDefault,
    Optional<String> clientId,
    Optional<String> tenantId,
    String audience,
    int expirationSeconds,
    boolean isRestarting,
    Optional<String> waiting) {}
