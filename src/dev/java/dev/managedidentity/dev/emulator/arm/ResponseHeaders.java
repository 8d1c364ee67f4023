package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.behaviour.Operation;
import dev.managedidentity.dev.emulator.behaviour.Throttles;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.http.Request;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The headers that every reply of Resource Manager carries. */
final class ResponseHeaders {
  private static final Map<String, String> FIXED =
      Map.of(
          "Cache-Control", "no-cache",
          "Pragma", "no-cache",
          "Expires", "-1",
          "Strict-Transport-Security", "max-age=31536000; includeSubDomains",
          "X-Content-Type-Options", "nosniff",
          "X-Cache", "CONFIG_NOCACHE");

  private final Throttles throttles;

  ResponseHeaders(Throttles throttles) {
    this.throttles = throttles;
  }

  Reply add(Reply reply, Request request, ArmTrace trace, Instant now) {
    var headers = new LinkedHashMap<>(FIXED);
    headers.put("x-ms-request-id", trace.requestId());
    headers.put("x-ms-correlation-request-id", trace.correlationId());
    headers.put(
        "x-ms-routing-request-id",
        "EMULATOR:%s:%s"
            .formatted(now.toString().replace("-", "").replace(":", ""), trace.requestId()));
    if (!trace.clientRequestId().isEmpty()) {
      headers.put("x-ms-client-request-id", trace.clientRequestId());
    }
    if (request.method().equals("GET")) {
      headers.put("Vary", "Accept-Encoding");
    }
    return reply.with(headers);
  }

  /** What is left of the subscription's budget; only requests that reach a subscription tell. */
  Reply addRemaining(Reply reply, Operation operation, String subscription) {
    return switch (operation.kind()) {
      case READ, LIST -> remaining(reply, operation, subscription, "reads", 16_499);
      case WRITE, ACTION -> remaining(reply, operation, subscription, "writes", 11_999);
      case DELETE -> remaining(reply, operation, subscription, "deletes", 14_999);
      case TOKEN -> reply;
    };
  }

  private Reply remaining(
      Reply reply, Operation operation, String subscription, String what, int usual) {
    int left = throttles.left(operation, subscription).orElse(usual);
    return reply.with(
        "x-ms-ratelimit-remaining-subscription-global-" + what.toLowerCase(Locale.ROOT), "" + left);
  }
}
