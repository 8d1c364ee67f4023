package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.arm.ProviderType.Trait;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The resource providers, their types and versions, as one file lists them. */
final class Providers {
  static final String OPERATIONS = "locations/operations";
  private static final Pattern VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-preview)?");

  private final List<ProviderType> types;
  private final Map<String, ProviderType> byFullName;
  private final Map<String, String> locations;

  Providers() {
    var file = Json.resource(Providers.class, "/dev/managedidentity/dev/emulator/providers.json");
    this.locations = Json.map(file, "locations");
    this.types =
        file.path("providers").properties().stream()
            .flatMap(provider -> withOperations(types(provider.getKey(), provider.getValue())))
            .toList();
    this.byFullName =
        types.stream().collect(Collectors.toMap(ProviderType::fullName, type -> type));
  }

  /** A provider with resources has also their long-running operations, in all their versions. */
  private static Stream<ProviderType> withOperations(List<ProviderType> own) {
    var resources = own.stream().filter(type -> type.has(Trait.RESOURCE)).toList();
    var versions =
        resources.stream()
            .flatMap(type -> type.apiVersions().stream())
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    return Stream.concat(
        own.stream(),
        resources.stream()
            .limit(1)
            .map(
                type ->
                    new ProviderType(type.namespace(), OPERATIONS, versions, List.of(), Set.of())));
  }

  private List<ProviderType> types(String namespace, JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false)
        .map(
            type ->
                new ProviderType(
                    namespace,
                    type.path("type").asText(),
                    Json.texts(type, "apiVersions"),
                    locations(type),
                    Json.texts(type, "traits").stream()
                        .map(Trait::valueOf)
                        .collect(Collectors.toSet())))
        .toList();
  }

  private List<String> locations(JsonNode type) {
    var missing = Json.texts(type, "missingIn");
    return type.path("regional").asBoolean()
        ? locations.keySet().stream().filter(location -> !missing.contains(location)).toList()
        : List.of();
  }

  /** The types by namespace, in the order of the file. */
  Map<String, List<ProviderType>> byNamespace() {
    return types.stream()
        .collect(
            Collectors.groupingBy(
                ProviderType::namespace, LinkedHashMap::new, Collectors.toList()));
  }

  boolean knows(String namespace) {
    return types.stream().anyMatch(type -> type.namespace().equalsIgnoreCase(namespace));
  }

  /** Locations by their short names, with the names that people read. */
  Map<String, String> locations() {
    return locations;
  }

  /** Short name of the place that a request gives, however it wrote it; refuses any other. */
  String location(JsonNode body, ProviderType type) {
    return location(body, type.fullName(), type.locations());
  }

  /** The same for a type that is to be had in these places. */
  String location(JsonNode body, String type, Collection<String> offered) {
    var given =
        Json.text(body, "location")
            .filter(text -> !text.isBlank())
            .orElseThrow(() -> new ArmRefusal(ArmErrors.locationRequired()));
    var shortName = given.replace(" ", "").toLowerCase(Locale.ROOT);
    if (!locations.containsKey(shortName)) {
      throw new ArmRefusal(ArmErrors.locationUnavailable(given, type, offered));
    }
    return shortName;
  }

  /** Refuses a version that this type does not have. */
  void requireVersion(String type, String version) {
    var known = type(type);
    if (known.apiVersions().contains(version)) {
      return;
    }
    boolean isOfArm = known.namespace().equals("Microsoft.Resources");
    throw new ArmRefusal(
        isOfArm || !VERSION.matcher(version).matches()
            ? GatewayErrors.invalidApiVersion(version, known.apiVersions())
            : GatewayErrors.noRegisteredProvider(known.name(), version, known));
  }

  /** The types that the emulator has resources of. */
  List<ProviderType> ofResources() {
    return types.stream().filter(type -> type.has(Trait.RESOURCE)).toList();
  }

  /** The type that a resource id names in any case; empty when the emulator knows none. */
  Optional<ProviderType> find(Scope resource) {
    var name = resource.resourceType().orElse("");
    return types.stream().filter(type -> type.fullName().equalsIgnoreCase(name)).findFirst();
  }

  ProviderType type(String fullName) {
    return Optional.ofNullable(byFullName.get(fullName))
        .orElseThrow(() -> new IllegalArgumentException(fullName + " is not in providers.json"));
  }
}
