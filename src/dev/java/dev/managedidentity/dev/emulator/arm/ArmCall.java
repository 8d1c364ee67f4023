package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.entra.Caller;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Request;
import java.time.Instant;

/** A request that passed the gateway: who asks for what, in which version, at what time. */
record ArmCall(Request request, ArmPath path, Caller caller, String apiVersion, Instant now) {

  /** The body as a JSON object; refuses any other. */
  JsonNode body() {
    try {
      var body = Json.parse(request.body());
      if (!body.isObject()) {
        throw new ArmRefusal(GatewayErrors.unreadableBody("The content is not a JSON object."));
      }
      return body;
    } catch (JsonProcessingException e) {
      throw new ArmRefusal(GatewayErrors.unreadableBody(e.getOriginalMessage()));
    }
  }

  /** Whether the version asked for is this one or a later one. */
  boolean isAtLeast(String version) {
    return apiVersion.compareTo(version) >= 0;
  }
}
