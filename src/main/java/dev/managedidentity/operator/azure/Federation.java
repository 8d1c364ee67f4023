package dev.managedidentity.operator.azure;

/**
 * What every federated credential of this cluster has in common.
 *
 * @param cluster id of the cluster, part of every credential's name
 * @param audience of the cloud, used when a binding names none
 */
public record Federation(String cluster, String audience) {}
