package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.http.Request;
import java.util.UUID;
import java.util.regex.Pattern;

/** The ids of one request; the correlation id is the client's own when it sends a GUID. */
record ArmTrace(String requestId, String correlationId, String clientRequestId) {
  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  static ArmTrace of(Request request) {
    var requestId = UUID.randomUUID().toString();
    return new ArmTrace(
        requestId,
        request.header("x-ms-correlation-request-id").filter(ArmTrace::isGuid).orElse(requestId),
        request.header("x-ms-client-request-id").orElse(""));
  }

  static boolean isGuid(String text) {
    return GUID.matcher(text).matches();
  }
}
