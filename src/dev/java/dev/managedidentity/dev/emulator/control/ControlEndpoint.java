package dev.managedidentity.dev.emulator.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.http.Request;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.Locale;
import java.util.Optional;

/**
 * {@link EmulatorControl} over HTTPS, for other processes; it needs no token and is reached from
 * this machine only.
 *
 * <p>GET {@code /control/state}, {@code counters}, {@code requests}, {@code activity}, {@code
 * faults}; POST or DELETE on those and on {@code settings}, {@code throttles}, {@code locks},
 * {@code resources}, {@code grants}, {@code principals}, {@code groups}, {@code subscriptions},
 * {@code trust}, {@code clock}, {@code longRunning}, {@code reset}, and the changes that {@link
 * ControlResourceEdits} knows.
 */
public final class ControlEndpoint {
  private final ControlReads reads;
  private final ControlWrites writes;

  public ControlEndpoint(EmulatorControl control) {
    this.reads = new ControlReads(control);
    this.writes = new ControlWrites(control);
  }

  public Reply handle(Request request) {
    var what = request.segments().stream().skip(1).findFirst().orElse("").toLowerCase(Locale.ROOT);
    try {
      return switch (request.method()) {
        case "GET" -> found(reads.read(what, request));
        case "POST" -> found(writes.post(what, body(request)));
        case "DELETE" -> found(writes.delete(what, request.parameter("id").orElse("")));
        default -> error(405, "Use GET, POST or DELETE");
      };
    } catch (IllegalArgumentException e) {
      return error(400, String.valueOf(e.getMessage()));
    }
  }

  private static Reply found(Optional<JsonNode> answer) {
    return answer
        .map(json -> Reply.json(200, json))
        .orElseGet(() -> error(404, "The control endpoint has no such thing; see ControlEndpoint"));
  }

  private static Reply error(int status, String message) {
    return Reply.json(status, Json.object().put("error", message));
  }

  private static JsonNode body(Request request) {
    try {
      return request.body().isBlank() ? Json.object() : Json.parse(request.body());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** A scope that a body or a query must name. */
  static Scope scope(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("Name the resource by its id");
    }
    return new Scope(text);
  }
}
