package dev.managedidentity.operator;

import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.binding.CredentialRules;
import dev.managedidentity.operator.binding.TokenIssuers;
import dev.managedidentity.operator.issuer.ClusterIssuer;
import dev.managedidentity.operator.proof.Claim;
import dev.managedidentity.operator.proof.Proof;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How service accounts sign in as identities.
 *
 * @param federation what all federated credentials have in common
 * @param cluster the cluster's own issuer, which may change
 * @param issuers whose tokens are accepted
 * @param rules how credentials are proven and retired
 * @param prover tries whether a service account can sign in; blocks
 * @param delays told how long after its first write a credential was of use
 */
public record SigningIn(
    Federation federation,
    ClusterIssuer cluster,
    TokenIssuers issuers,
    CredentialRules rules,
    Function<Claim, Proof> prover,
    Consumer<Duration> delays) {}
