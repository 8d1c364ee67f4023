package dev.managedidentity.dev.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.FaultRule;
import dev.managedidentity.dev.emulator.behaviour.LockLevel;
import dev.managedidentity.dev.emulator.http.Json;
import java.util.Locale;
import java.util.Optional;

/** What the control endpoint changes. */
final class ControlWrites {
  private final EmulatorControl control;
  private final ControlEdits edits;

  ControlWrites(EmulatorControl control) {
    this.control = control;
    this.edits = new ControlEdits(control.outOfBand());
  }

  Optional<JsonNode> post(String what, JsonNode body) {
    return switch (what) {
      case "reset" -> done(control::reset);
      case "clock" ->
          done(() -> control.advanceClock(ControlSettings.seconds(body, "advanceSeconds")));
      case "settings" -> done(() -> ControlSettings.apply(control, body));
      case "faults" -> Optional.of(Json.object().put("id", control.addFault(fault(body))));
      case "longrunning" -> done(() -> longRunning(body));
      case "throttles" -> done(() -> throttle(body));
      case "locks" -> done(() -> lock(body));
      case "trust" -> done(() -> control.trustIssuerAuthority(ControlSettings.text(body, "pem")));
      default -> edits.post(what, body);
    };
  }

  Optional<JsonNode> delete(String what, String id) {
    return switch (what) {
      case "counters" -> done(control::resetCounters);
      case "requests" -> done(control::resetRequests);
      case "activity" -> done(control::resetActivity);
      case "throttles" -> done(control::clearThrottles);
      case "faults" -> done(() -> release(id));
      case "locks" -> done(() -> control.unlock(ControlEndpoint.scope(id)));
      default -> edits.delete(what, id);
    };
  }

  private static Optional<JsonNode> done(Runnable change) {
    change.run();
    return Optional.of(Json.object().put("done", true));
  }

  private void throttle(JsonNode body) {
    if (body.path("likeAzure").asBoolean()) {
      control.throttleLikeAzure();
    } else {
      control.throttle(ControlSettings.throttle(body));
    }
  }

  /** A fault of the kind {@code EditFirst} names what is posted and its body. */
  private FaultRule fault(JsonNode body) {
    if (!Json.text(body, "kind").orElse("").equalsIgnoreCase("EditFirst")) {
      return ControlSettings.fault(body);
    }
    var what = ControlSettings.text(body, "post").toLowerCase(Locale.ROOT);
    var edit = new Fault.EditFirst(() -> edit(what, body.path("body")));
    return FaultRule.once(ControlSettings.text(body, "operation"), edit)
        .onPath(Json.text(body, "pathContains").orElse(""));
  }

  private void edit(String what, JsonNode body) {
    if (edits.post(what, body).isEmpty()) {
      throw new IllegalArgumentException("EditFirst cannot post '" + what + "'");
    }
  }

  private void longRunning(JsonNode body) {
    var type = ControlSettings.text(body, "type");
    int polls = body.path("polls").asInt();
    Json.text(body, "code")
        .ifPresentOrElse(
            code ->
                control.setLongRunningFailure(
                    type, polls, code, Json.text(body, "message").orElse("On demand.")),
            () -> control.setLongRunning(type, polls));
  }

  private void lock(JsonNode body) {
    var level = Json.text(body, "level").orElse("CanNotDelete").toUpperCase(Locale.ROOT);
    control.lock(
        ControlEndpoint.scope(ControlSettings.text(body, "scope")),
        level.equals("READONLY") ? LockLevel.READ_ONLY : LockLevel.CAN_NOT_DELETE);
  }

  private void release(String id) {
    if (id.isEmpty()) {
      control.clearFaults();
    } else {
      control.releaseFault(Integer.parseInt(id));
    }
  }
}
