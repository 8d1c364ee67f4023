package dev.managedidentity.operator.plan;

import java.util.List;

/** How a resource stands after a pass: what its conditions say. */
public sealed interface Verdict {
  /** Everything is as asked. */
  record Proven(Reason reason, String message) implements Verdict {}

  /** Work goes on at once. */
  record Progressing(Reason reason, String message) implements Verdict {}

  /** Something is in the way. */
  record Troubled(Problem problem) implements Verdict {}

  /**
   * The verdict when some problems are known: the first that a person must solve, else the first
   * that needs waiting; {@code otherwise} when there is none.
   */
  static Verdict of(List<Problem> problems, Verdict otherwise) {
    return problems.stream()
        .filter(problem -> !problem.isTransient())
        .findFirst()
        .or(() -> problems.stream().findFirst())
        .<Verdict>map(Troubled::new)
        .orElse(otherwise);
  }
}
