package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import java.util.Map;

/** An error of Resource Manager, with the headers that belong to it. */
record ArmError(int status, String code, String message, Map<String, String> headers) {

  ArmError {
    headers = Map.copyOf(headers);
  }

  ArmError(int status, String code, String message) {
    this(status, code, message, Map.of());
  }

  ArmError with(String header, String value) {
    return new ArmError(status, code, message, Map.of(header, value));
  }

  Reply reply() {
    var error = Json.object().put("code", code).put("message", message);
    return Reply.json(status, Json.object().set("error", error))
        .with("x-ms-failure-cause", "gateway")
        .with(headers);
  }
}
