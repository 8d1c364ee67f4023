package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Problem;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Puts down what was tried, and when. */
record Operations(InstantSource clock) {
  Instant now() {
    return clock.instant();
  }

  /** A call to Azure as it was answered. */
  Operation of(String verb, String target, Answer<?> answer) {
    return of(
        verb, target, answer, answer instanceof Answer.Failed<?> failed ? failed.problem() : null);
  }

  /** A call to Azure with what its answer means. */
  Operation of(String verb, String target, Answer<?> answer, @Nullable Problem problem) {
    return new Operation(verb, target, clock.instant(), answer.receipt().correlationId(), problem);
  }

  /** A call to the API server. */
  Operation of(String verb, String target, @Nullable Problem problem) {
    return new Operation(verb, target, clock.instant(), null, problem);
  }
}
