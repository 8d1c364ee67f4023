package dev.managedidentity.operator.plan;

import java.util.List;

/**
 * What came of a plan.
 *
 * @param status what is known afterwards, the status with everything that was learned
 * @param operations every write that was tried, in order
 */
public record Outcome<S>(S status, List<Operation> operations) {
  public Outcome {
    operations = List.copyOf(operations);
  }

  /** What went wrong, in order. */
  public List<Problem> problems() {
    return operations.stream().map(Operation::problem).filter(problem -> problem != null).toList();
  }
}
