package dev.managedidentity.operator.admission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** Whether an object is admitted, and as what. */
public sealed interface AdmissionAnswer {

  /** Shown to whoever made the request, one line each, best under 120 characters. */
  List<String> warnings();

  /** Admitted as it is. */
  static AdmissionAnswer allowed(String... warnings) {
    return new Allowed(JsonNodeFactory.instance.arrayNode(), List.of(warnings));
  }

  /** Admitted after this JSON Patch, as it is when that is empty. */
  static AdmissionAnswer patched(ArrayNode patch, List<String> warnings) {
    return new Allowed(patch, warnings);
  }

  /** Refused, with what to do about it. */
  static AdmissionAnswer denied(String message) {
    return new Denied(403, message, List.of());
  }

  /**
   * Admitted.
   *
   * @param patch operations of RFC 6902, none to change nothing
   */
  record Allowed(ArrayNode patch, List<String> warnings) implements AdmissionAnswer {
    public Allowed {
      patch = patch.deepCopy();
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Refused.
   *
   * @param code the HTTP status that the user gets
   */
  record Denied(int code, String message, List<String> warnings) implements AdmissionAnswer {
    public Denied {
      warnings = List.copyOf(warnings);
    }
  }
}
