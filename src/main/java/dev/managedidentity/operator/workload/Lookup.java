package dev.managedidentity.operator.workload;

import dev.managedidentity.operator.plan.Problem;

/** The answer to the question for a workload. */
public sealed interface Lookup {
  /** There it is. */
  record Found(Workload workload) implements Lookup {}

  /** It is not there, cannot be seen, or is no workload: the problem says which. */
  record Missing(Problem problem) implements Lookup {}
}
