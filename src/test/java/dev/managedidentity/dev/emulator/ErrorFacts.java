package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.http.Json;

/** Compares errors of Resource Manager with what Azure was seen to answer. */
final class ErrorFacts {
  private static final JsonNode ERRORS = Json.resource(ErrorFacts.class, "/azure/arm-errors.json");

  private ErrorFacts() {}

  /** The reply has the recorded status, code and text, with these values in it. */
  static void assertThatError(ArmClient.Reply reply, String code, Object... values) {
    assertThat(reply.errorCode()).isEqualTo(code);
    assertThatText(reply, code, values);
  }

  /** The same for a fact that is not filed under its code. */
  static void assertThatText(ArmClient.Reply reply, String fact, Object... values) {
    var recorded = ERRORS.path(fact);
    assertThat(reply.status()).isEqualTo(recorded.path("status").asInt());
    assertThat(reply.errorMessage()).isEqualTo(recorded.path("message").asText().formatted(values));
  }
}
