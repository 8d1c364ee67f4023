package dev.managedidentity.operator.admission;

import dev.managedidentity.operator.admission.AdmissionMeter.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who answers under which path; a failure of theirs refuses nobody. */
final class Handlers {
  private static final Logger LOG = LoggerFactory.getLogger(Handlers.class);
  private static final String WARNING =
      "managed-identity-operator failed on this request and left the object as it is; its log says"
          + " why";

  private final Map<String, Function<AdmissionRequest, AdmissionAnswer>> byPath;

  Handlers(Map<String, Function<AdmissionRequest, AdmissionAnswer>> byPath) {
    this.byPath = Map.copyOf(byPath);
  }

  /** An answer and how it came about. */
  record Handled(AdmissionAnswer answer, Outcome outcome) {}

  /** Every path, sorted. */
  Set<String> paths() {
    return new TreeSet<>(byPath.keySet());
  }

  /** Whether somebody answers under this path. */
  boolean has(String path) {
    return byPath.containsKey(path);
  }

  /** The answer of the path's handler. */
  Handled handle(String path, AdmissionRequest request) {
    try {
      var answer = Optional.ofNullable(byPath.get(path)).orElseThrow().apply(request);
      return new Handled(answer, outcome(answer));
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      var target = request.target();
      LOG.error(
          "{}: no answer to {} of {} {}/{}; it is admitted as it is",
          path,
          request.change().operation(),
          target.resource(),
          target.namespace(),
          target.name(),
          e);
      return new Handled(AdmissionAnswer.allowed(WARNING), Outcome.FAILED);
    }
  }

  private static Outcome outcome(AdmissionAnswer answer) {
    return switch (answer) {
      case AdmissionAnswer.Allowed allowed ->
          allowed.patch().isEmpty() ? Outcome.ALLOWED : Outcome.PATCHED;
      case AdmissionAnswer.Denied _ -> Outcome.DENIED;
    };
  }
}
