package dev.managedidentity.operator.admission;

import java.time.Duration;

/** Learns of every request that was answered, and how long that took; must be quick. */
public interface AdmissionMeter {

  /**
   * One more answer.
   *
   * @param path of the handler; empty when nobody handles the path that was asked for
   * @param duration from the first byte of the request's head until the answer is about to leave
   */
  void answered(String path, Outcome outcome, Duration duration);

  /** What came of a request. */
  enum Outcome {
    /** Admitted as it is. */
    ALLOWED,
    /** Admitted with a patch. */
    PATCHED,
    /** Refused by a handler. */
    DENIED,
    /** Admitted because a handler failed. */
    FAILED,
    /** No question at all. */
    MALFORMED
  }
}
