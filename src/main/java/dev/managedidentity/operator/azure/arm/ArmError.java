package dev.managedidentity.operator.azure.arm;

import com.azure.json.JsonProviders;
import java.io.IOException;
import java.util.Map;

/** Code and message by which Azure Resource Manager says why not; empty where it does not. */
record ArmError(String code, String message) {

  /** Reads a body as ARM or a proxy before it sends it. */
  static ArmError parse(String body) {
    try (var reader = JsonProviders.createReader(body)) {
      return reader.readUntyped() instanceof Map<?, ?> object ? of(object) : new ArmError("", body);
    } catch (IOException | IllegalStateException _) {
      return new ArmError("", body);
    }
  }

  /** The error in the object or, if there is none in it, the object as one. */
  static ArmError of(Map<?, ?> object) {
    return object.get("error") instanceof Map<?, ?> error
        ? new ArmError(text(error, "code"), text(error, "message"))
        : new ArmError(text(object, "code"), text(object, "message"));
  }

  private static String text(Map<?, ?> object, String name) {
    return object.get(name) instanceof String text ? text : "";
  }
}
