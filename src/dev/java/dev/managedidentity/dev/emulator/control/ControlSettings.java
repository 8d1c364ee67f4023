package dev.managedidentity.dev.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.FaultRule;
import dev.managedidentity.dev.emulator.behaviour.Limits;
import dev.managedidentity.dev.emulator.behaviour.Propagation;
import dev.managedidentity.dev.emulator.behaviour.ThrottleRule;
import dev.managedidentity.dev.emulator.http.Json;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads settings from the bodies of the control endpoint. */
final class ControlSettings {
  private ControlSettings() {}

  static String text(JsonNode body, String field) {
    return Json.text(body, field)
        .orElseThrow(() -> new IllegalArgumentException("The body needs the text '" + field + "'"));
  }

  static Duration seconds(JsonNode body, String field) {
    if (!body.path(field).isNumber()) {
      throw new IllegalArgumentException("The body needs the number '" + field + "'");
    }
    return Duration.ofMillis(Math.round(body.path(field).asDouble() * 1000));
  }

  /** Latencies, propagation and limits, each as far as the body names it. */
  static void apply(EmulatorControl control, JsonNode body) {
    for (var latency : body.path("latencySeconds").properties()) {
      control.setLatency(latency.getKey(), seconds(body.path("latencySeconds"), latency.getKey()));
    }
    var propagation = body.path("propagationSeconds");
    var now = control.propagation();
    control.setPropagation(
        new Propagation(
            either(propagation, "credentials", now.credentials()),
            either(propagation, "roleAssignments", now.roleAssignments()),
            either(propagation, "principals", now.principals()),
            either(propagation, "groupDeletion", now.groupDeletion())));
    var limits = body.path("limits");
    control.setLimits(
        old ->
            new Limits(
                limits.path("pageSize").asInt(old.pageSize()),
                limits.path("credentialsPerIdentity").asInt(old.credentialsPerIdentity()),
                limits
                    .path("roleAssignmentsPerSubscription")
                    .asInt(old.roleAssignmentsPerSubscription())));
  }

  private static Duration either(JsonNode body, String field, Duration otherwise) {
    return body.has(field) ? seconds(body, field) : otherwise;
  }

  static FaultRule fault(JsonNode body) {
    var frequency =
        body.has("probability")
            ? new FaultRule.Chance(body.path("probability").asDouble(), body.path("seed").asLong(0))
            : new FaultRule.Times(body.path("times").asInt(1));
    return new FaultRule(
        text(body, "operation"), Json.text(body, "pathContains").orElse(""), kind(body), frequency);
  }

  private static Fault kind(JsonNode body) {
    return switch (text(body, "kind").toLowerCase(Locale.ROOT)) {
      case "fail" ->
          new Fault.Fail(
              body.path("status").asInt(500),
              Json.text(body, "code").orElse("InternalServerError"),
              Json.text(body, "message").orElse("A fault on demand."),
              body.has("retryAfterSeconds")
                  ? OptionalInt.of(body.path("retryAfterSeconds").asInt())
                  : OptionalInt.empty());
      case "dropbeforeeffect" -> new Fault.DropBeforeEffect();
      case "losereply" -> new Fault.LoseReply();
      case "hang" -> new Fault.Hang();
      default ->
          throw new IllegalArgumentException(
              "The kind of a fault is Fail, DropBeforeEffect, LoseReply, Hang or EditFirst");
    };
  }

  static ThrottleRule throttle(JsonNode body) {
    return new ThrottleRule(
        text(body, "operation"),
        ThrottleRule.Per.valueOf(
            Json.text(body, "per").orElse("subscription").toUpperCase(Locale.ROOT)),
        body.path("capacity").asInt(),
        body.path("perSecond").asDouble(),
        body.has("retryAfterSeconds")
            ? Optional.of(seconds(body, "retryAfterSeconds"))
            : Optional.empty());
  }
}
