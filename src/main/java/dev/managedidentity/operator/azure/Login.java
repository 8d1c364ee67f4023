package dev.managedidentity.operator.azure;

/** As whom a workload signs in, and where. */
public record Login(String tenantId, String clientId) {}
