package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.identity.IdentityFacts.Workload;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.workload.Lookup;
import dev.managedidentity.operator.workload.Workloads;

/** Reads the workload that owns an identity: from caches, but for kinds that are not watched. */
final class WorkloadObserver {
  private final Workloads workloads;

  WorkloadObserver(Workloads workloads) {
    this.workloads = workloads;
  }

  Workload observe(ManagedIdentity resource) {
    var ref = resource.getSpec().workload();
    if (ref == null) {
      return new Workload.None();
    }
    var namespace = resource.getMetadata().getNamespace();
    return switch (workloads.find(namespace, ref)) {
      case Lookup.Missing(Problem problem) -> new Workload.Missing(problem);
      case Lookup.Found(var found) ->
          new Workload.Present(
              found.ref(),
              found.uid(),
              resource.getMetadata().getOwnerReferences().stream()
                  .anyMatch(owner -> owner.getUid().equals(found.uid())),
              found.serviceAccount(),
              workloads.sharers(namespace, found.serviceAccount(), ref));
    };
  }
}
