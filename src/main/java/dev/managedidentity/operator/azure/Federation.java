package dev.managedidentity.operator.azure;

/**
 * What every federated credential of this cluster has in common.
 *
 * @param cluster id of the cluster, part of every credential's name
 * @param issuer of the cluster's service account tokens, exactly as the tokens carry it
 * @param audience of the cloud, used when a binding names none
 */
public record Federation(String cluster, String issuer, String audience) {}
