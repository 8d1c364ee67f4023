package dev.managedidentity.operator.workload;

import dev.managedidentity.operator.api.WorkloadRef;
import java.util.Set;

/** News from {@link Workloads}. */
public sealed interface Change {
  /** All workloads have been seen: whatever was asked before is to be asked again. */
  record Filled() implements Change {}

  /**
   * A workload appeared, changed in what counts, or went.
   *
   * @param serviceAccounts as which its pods ran and run
   */
  record Of(String namespace, WorkloadRef ref, Set<String> serviceAccounts) implements Change {
    public Of {
      serviceAccounts = Set.copyOf(serviceAccounts);
    }
  }
}
