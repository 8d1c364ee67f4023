package dev.managedidentity.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Verdict FINE = new Verdict.Proven(Reason.BOUND, "Fine.");
  private static final Problem PASSING = new Problem.Unreachable("a");
  private static final Problem WAITING = new Problem.Waiting(Reason.IN_USE, "b");
  private static final Problem DENIED = new Problem.Denied(Reason.AUTHORIZATION_FAILED, "c");

  @Test
  void isTheOtherwiseWhenNothingIsInTheWay() {
    assertThat(Verdict.of(List.of(), FINE)).isEqualTo(FINE);
  }

  @Test
  void isTheFirstProblemThatDoesNotPassByItself() {
    assertThat(problem(PASSING, WAITING, DENIED)).isEqualTo(WAITING);
    assertThat(problem(PASSING, DENIED, WAITING)).isEqualTo(DENIED);
  }

  @Test
  void isTheFirstThatPassesWhenThereAreNoOthers() {
    assertThat(problem(PASSING, new Problem.Contended("d"))).isEqualTo(PASSING);
  }

  private static Problem problem(Problem... problems) {
    return ((Verdict.Troubled) Verdict.of(List.of(problems), FINE)).problem();
  }
}
