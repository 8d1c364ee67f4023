package dev.managedidentity.operator.workload;

import java.util.List;
import java.util.Optional;

/** The workloads of one kind, all of them. */
interface WorkloadCache {
  Optional<Workload> find(String namespace, String name);

  /** Those whose pods run as this service account. */
  List<Workload> runningAs(String namespace, String serviceAccount);
}
