package dev.managedidentity.operator.azure;

import java.util.Map;

/** What a user-assigned identity should be. */
public record IdentityDefinition(
    IdentityId id, String location, boolean isRegional, Map<String, String> tags) {
  public IdentityDefinition {
    tags = Map.copyOf(tags);
  }
}
