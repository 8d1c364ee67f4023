package dev.managedidentity.operator.plan;

import java.util.List;

/** How a resource stands after a pass: what its conditions say. */
public sealed interface Verdict {
  /** Everything is as asked. */
  record Proven(Reason reason, String message) implements Verdict {}

  /** Work goes on at once. */
  record Progressing(Reason reason, String message) implements Verdict {}

  /**
   * Something is in the way.
   *
   * @param problem what the conditions show
   * @param all that is in the way, in order, the shown one too
   */
  record Troubled(Problem problem, List<Problem> all) implements Verdict {
    public Troubled {
      all = List.copyOf(all);
    }
  }

  /**
   * The verdict when some problems are known: the first that a person must solve, else the first
   * that needs waiting; {@code otherwise} when there is none.
   */
  static Verdict of(List<Problem> problems, Verdict otherwise) {
    return problems.stream()
        .filter(problem -> !problem.isTransient())
        .findFirst()
        .or(() -> problems.stream().findFirst())
        .<Verdict>map(shown -> new Troubled(shown, problems))
        .orElse(otherwise);
  }
}
