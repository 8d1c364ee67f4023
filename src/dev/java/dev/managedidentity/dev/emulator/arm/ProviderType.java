package dev.managedidentity.dev.emulator.arm;

import java.util.List;
import java.util.Set;

/** A resource type that a provider offers: its versions, newest first, and where it exists. */
record ProviderType(
    String namespace,
    String name,
    List<String> apiVersions,
    List<String> locations,
    Set<Trait> traits) {

  /** What the types do not have in common. */
  enum Trait {
    /** The emulator has resources of this type. */
    RESOURCE,
    /** They can carry identities. */
    IDENTITY,
    /** They have an ETag and honour {@code If-Match}. */
    ETAG,
    /** Their identity type is written {@code SystemAssigned,UserAssigned}, without a blank. */
    COMPACT_IDENTITY_TYPE
  }

  ProviderType {
    apiVersions = List.copyOf(apiVersions);
    locations = List.copyOf(locations);
    traits = Set.copyOf(traits);
  }

  String fullName() {
    return namespace + "/" + name;
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
