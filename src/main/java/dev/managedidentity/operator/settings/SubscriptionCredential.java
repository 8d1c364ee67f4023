package dev.managedidentity.operator.settings;

import java.util.List;

/** Who the operator is in some subscriptions. No secret: the client is federated or managed. */
public record SubscriptionCredential(List<String> subscriptions, String tenantId, String clientId) {
  public SubscriptionCredential {
    subscriptions = List.copyOf(subscriptions);
  }
}
