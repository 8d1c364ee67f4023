package dev.managedidentity.operator.azure;

import java.util.List;

/**
 * Who the operator is in some subscriptions. No secret: the client trusts the operator's service
 * account, or is a managed identity of the operator's node.
 */
public record SubscriptionCredential(
    List<String> subscriptionIds, String tenantId, String clientId) {
  public SubscriptionCredential {
    subscriptionIds = List.copyOf(subscriptionIds);
  }
}
