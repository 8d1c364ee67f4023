package dev.managedidentity.dev.emulator;

import java.util.Map;
import java.util.function.Supplier;

/** One resource in the group of the emulator, as a client of Resource Manager handles it. */
final class ArmResource {
  private final RunningEmulator emulator;
  private final String type;
  private final String version;
  private final Supplier<String> token;
  private final Map<String, String> headers;

  ArmResource(RunningEmulator emulator, String type, String version) {
    this(emulator, type, version, () -> emulator.client().operatorToken(), Map.of());
  }

  private ArmResource(
      RunningEmulator emulator,
      String type,
      String version,
      Supplier<String> token,
      Map<String, String> headers) {
    this.emulator = emulator;
    this.type = type;
    this.version = version;
    this.token = token;
    this.headers = Map.copyOf(headers);
  }

  /** The same resource for another caller. */
  ArmResource as(String otherToken) {
    return new ArmResource(emulator, type, version, () -> otherToken, headers);
  }

  ArmResource ifMatch(String etag) {
    return new ArmResource(emulator, type, version, token, Map.of("If-Match", etag));
  }

  String id() {
    return emulator.client().group() + "/providers/" + type + "/shop";
  }

  ArmClient.Reply get() {
    return call("GET", id(), version, "");
  }

  ArmClient.Reply put(String body) {
    return call("PUT", id(), version, body);
  }

  ArmClient.Reply delete() {
    return call("DELETE", id(), version, "");
  }

  ArmClient.Reply patch(String body) {
    return call("PATCH", id(), version, body);
  }

  /** The identities are an object or null. */
  ArmClient.Reply patchIdentity(String identityType, String identities) {
    return patch(
        "{\"identity\": {\"type\": \"%s\", \"userAssignedIdentities\": %s}}"
            .formatted(identityType, identities));
  }

  ArmClient.Reply systemIdentity() {
    var path = id() + "/providers/Microsoft.ManagedIdentity/identities/default";
    return call("GET", path, "2023-01-31", "");
  }

  private ArmClient.Reply call(String method, String path, String apiVersion, String body) {
    var request =
        emulator
            .client()
            .request(method, path + "?api-version=" + apiVersion, body)
            .header("Authorization", "Bearer " + token.get());
    headers.forEach(request::header);
    return emulator.client().send(request);
  }
}
