package dev.managedidentity.operator.settings;

import java.util.List;

/** An entry of {@code azure.credentials}: who the operator is in some subscriptions. */
public record CredentialSettings(List<String> subscriptions, String tenantId, String clientId) {
  public CredentialSettings {
    subscriptions = List.copyOf(subscriptions);
  }
}
