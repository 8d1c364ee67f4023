package dev.managedidentity.dev.emulator.model;

import java.util.List;
import java.util.Map;

/**
 * A user-assigned managed identity.
 *
 * <p>{@code restrictedTo} names the resource providers it may be assigned to; empty means all.
 */
public record Identity(
    ResourceGroup group,
    String name,
    String location,
    Map<String, String> tags,
    String isolationScope,
    List<String> restrictedTo,
    String clientId,
    String principalId) {

  public Identity {
    tags = Map.copyOf(tags);
    restrictedTo = List.copyOf(restrictedTo);
  }

  /** The id that Azure returns: with {@code resourcegroups} in lower case, unlike elsewhere. */
  public Scope scope() {
    return new Scope(
        "/subscriptions/%s/resourcegroups/%s/providers/Microsoft.ManagedIdentity/userAssignedIdentities/%s"
            .formatted(group.subscriptionId(), group.name(), name));
  }

  public Identity withTags(Map<String, String> newTags) {
    return new Identity(
        group, name, location, newTags, isolationScope, restrictedTo, clientId, principalId);
  }

  public Identity withIsolation(String newScope, List<String> newRestrictions) {
    return new Identity(
        group, name, location, tags, newScope, newRestrictions, clientId, principalId);
  }
}
