package dev.managedidentity.operator.settings;

/** All that can be configured, complete and valid; safe to print, for no secret is in it. */
public record Settings(
    AzureSettings azure,
    FederationSettings federation,
    GuardrailSettings guardrails,
    InventorySettings inventory,
    LeaderElectionSettings leaderElection,
    PodSettings pods,
    WatchSettings watch,
    WebhookSettings webhook,
    HttpSettings http) {}
