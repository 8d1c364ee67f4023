package dev.managedidentity.dev.emulator.model;

import java.util.Map;

/** A resource group, named in the case of its first writing. */
public record ResourceGroup(
    String subscriptionId, String name, String location, Map<String, String> tags) {

  public ResourceGroup {
    tags = Map.copyOf(tags);
  }

  public Scope scope() {
    return Scope.group(subscriptionId, name);
  }
}
