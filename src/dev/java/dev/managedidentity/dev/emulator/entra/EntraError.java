package dev.managedidentity.dev.emulator.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** An AADSTS error: its number, the OAuth error it belongs to, the HTTP status and its text. */
public record EntraError(int status, String oauthError, long code, String text) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  /** The error as a reply, with the ids that support people ask for. */
  Reply reply(EntraTrace trace, Instant now, String authorityHost) {
    var timestamp = TIME.format(now);
    var description =
        "AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s"
            .formatted(code, text, trace.traceId(), trace.correlationId(), timestamp);
    var body =
        Json.object()
            .put("error", oauthError)
            .put("error_description", description)
            .<ObjectNode>set("error_codes", Json.object().arrayNode().add(code))
            .put("timestamp", timestamp)
            .put("trace_id", trace.traceId())
            .put("correlation_id", trace.correlationId())
            .put("error_uri", authorityHost + "error?code=" + code);
    return Reply.json(status, body);
  }
}
