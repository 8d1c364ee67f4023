package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.http.Json;
import java.util.Map;
import java.util.regex.Matcher;

/** Compares refusals of the token endpoint with what Entra was seen to answer. */
final class TokenFacts {
  private static final JsonNode ERRORS =
      Json.resource(TokenFacts.class, "/azure/token-errors.json");

  private TokenFacts() {}

  /** The reply has the recorded status, OAuth error and text, with these values in it. */
  static void assertThatRefusal(ArmClient.Reply reply, long code, String... values) {
    var recorded = ERRORS.path(Long.toString(code));
    var text = recorded.path("text").asText();
    for (var value : values) {
      text = text.replaceFirst("\\{}", Matcher.quoteReplacement(value));
    }
    var body = reply.json();
    assertThat(body.path("error_description").asText()).startsWith("AADSTS" + code + ": " + text);
    assertThat(body.path("error_description").asText())
        .containsPattern(
            "Trace ID: [0-9a-f-]{36} Correlation ID: [0-9a-f-]{36} Timestamp: [0-9-]{10}"
                + " [0-9:]{8}Z$");
    assertThat(reply.status()).isEqualTo(recorded.path("status").asInt());
    assertThat(body.path("error").asText()).isEqualTo(recorded.path("error").asText());
    assertThat(body.path("error_codes").path(0).asLong()).isEqualTo(code);
    assertThat(body.path("error_uri").asText()).endsWith("error?code=" + code);
    assertThat(body.properties())
        .extracting(Map.Entry::getKey)
        .contains("timestamp", "trace_id", "correlation_id");
  }
}
