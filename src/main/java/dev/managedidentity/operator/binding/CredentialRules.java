package dev.managedidentity.operator.binding;

import java.time.Duration;

/**
 * How credentials are proven and retired.
 *
 * @param isVerifying whether a token is exchanged as proof that a pod can
 * @param proofLife how long a proof counts
 * @param issuerGrace how long tokens of a former issuer are accepted once its successor serves
 */
public record CredentialRules(boolean isVerifying, Duration proofLife, Duration issuerGrace) {}
