package dev.managedidentity.dev.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A complete HTTP response; an empty body is sent as {@code Content-Length: 0}. */
public record Reply(int statusCode, Map<String, String> headers, String body) implements Answer {

  public Reply {
    headers = Map.copyOf(headers);
  }

  /** A response without content. */
  public static Reply empty(int status) {
    return new Reply(status, Map.of(), "");
  }

  /** A response whose content is this JSON. */
  public static Reply json(int status, JsonNode body) {
    return new Reply(
        status, Map.of("Content-Type", "application/json; charset=utf-8"), body.toString());
  }

  /** The same response with one more header, or another value for it. */
  public Reply with(String name, String value) {
    return with(Map.of(name, value));
  }

  /** The same response with more headers; these win over those already there. */
  public Reply with(Map<String, String> more) {
    var merged = new LinkedHashMap<>(headers);
    merged.putAll(more);
    return new Reply(statusCode, merged, body);
  }
}
