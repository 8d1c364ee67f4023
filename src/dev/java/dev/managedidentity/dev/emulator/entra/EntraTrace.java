package dev.managedidentity.dev.emulator.entra;

import dev.managedidentity.dev.emulator.http.Request;
import java.util.UUID;

/** The ids of one request to Entra; the correlation id is the client's own when it sends one. */
record EntraTrace(String traceId, String correlationId) {
  static EntraTrace of(Request request) {
    return new EntraTrace(
        UUID.randomUUID().toString(),
        request.header("client-request-id").orElseGet(() -> UUID.randomUUID().toString()));
  }
}
