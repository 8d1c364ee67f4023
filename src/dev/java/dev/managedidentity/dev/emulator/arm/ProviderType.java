package dev.managedidentity.dev.emulator.arm;

import java.util.List;

/** A resource type that a provider offers: its versions, newest first, and where it exists. */
record ProviderType(
    String namespace, String name, List<String> apiVersions, List<String> locations) {

  ProviderType {
    apiVersions = List.copyOf(apiVersions);
    locations = List.copyOf(locations);
  }
}
