package dev.managedidentity.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemTest {
  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(new Problem.Waiting(Reason.IN_USE, "x"), true, false),
        Arguments.of(new Problem.Rejected(Reason.INVALID_REQUEST, "x"), true, false),
        Arguments.of(new Problem.Refused(Reason.OWNED_BY_ANOTHER, "x"), true, false),
        Arguments.of(new Problem.Denied(Reason.AUTHORIZATION_FAILED, "x"), true, false),
        Arguments.of(new Problem.Missing(Reason.SCOPE_NOT_FOUND, "x"), true, false),
        Arguments.of(new Problem.QuotaReached(Reason.CREDENTIAL_QUOTA_EXCEEDED, "x"), true, false),
        Arguments.of(new Problem.Blocked(Reason.LOCKED, "x"), true, false),
        Arguments.of(new Problem.Throttled(Duration.ofSeconds(1), "x"), true, true),
        Arguments.of(new Problem.Contended("x"), true, true),
        Arguments.of(new Problem.Unreachable("x"), false, true),
        Arguments.of(new Problem.Unexpected("x"), false, true));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void tellsWhetherTheWriteHappenedAndWhetherItPasses(
      Problem problem, boolean isDefinite, boolean isTransient) {
    assertThat(problem.isDefinite()).isEqualTo(isDefinite);
    assertThat(problem.isTransient()).isEqualTo(isTransient);
  }

  @Test
  void theMessageIsTheDetailAndTheAdvice() {
    var problem = new Problem.Waiting(Reason.IDENTITY_NOT_READY, "ManagedIdentity a/b waits.");

    assertThat(problem.message())
        .isEqualTo("ManagedIdentity a/b waits. Look at the ManagedIdentity's conditions.");
  }
}
