package dev.managedidentity.operator.workload;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.kube.OwnerReferences;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.workload.Enablement.Disable;
import dev.managedidentity.operator.workload.Enablement.Enable;
import dev.managedidentity.operator.workload.Enablement.Refused;
import dev.managedidentity.operator.workload.Enablement.Served;
import dev.managedidentity.operator.workload.Enablement.Settled;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides, purely, what the annotation of a workload means, given the ManagedIdentity of its name:
 *
 * <pre>
 *                                            annotated    not annotated
 * none                                    -&gt; Enable       Settled
 * made for the annotation                 -&gt; Settled      Disable
 * made for an earlier workload of its name-&gt; Settled      Settled    Kubernetes collects it
 * somebody's, for this workload           -&gt; Served       Settled
 * somebody's, for anything else           -&gt; Refused      Settled
 * </pre>
 *
 * Nothing is done for a workload that is being deleted: its identity goes with it.
 */
final class EnablementPlanner {
  private EnablementPlanner() {}

  static Enablement plan(Workload workload, Optional<ManagedIdentity> namesake) {
    if (workload.isDeleting()) {
      return new Settled();
    }
    if (!workload.isSystemAssigned()) {
      return namesake
          .filter(identity -> isMadeFor(workload, identity))
          .filter(identity -> !identity.isMarkedForDeletion())
          .<Enablement>map(identity -> new Disable(identity.getMetadata().getUid()))
          .orElse(new Settled());
    }
    return namesake.map(identity -> beside(workload, identity)).orElse(new Enable());
  }

  private static Enablement beside(Workload workload, ManagedIdentity identity) {
    if (isMadeFor(workload, identity) || isOfPredecessor(workload, identity)) {
      return new Settled(); // if it is being deleted, its end is an event
    }
    if (workload.ref().equals(identity.getSpec().workload())) {
      return new Served();
    }
    return new Refused(
        new Problem.Blocked(
            Reason.IDENTITY_NAME_TAKEN,
            "ManagedIdentity %s exists, %s."
                .formatted(
                    workload.ref().name(),
                    OwnerReferences.controllerOf(identity)
                        .map(owner -> "made for " + owner.getKind() + " " + owner.getName())
                        .orElse("and was not made for " + workload.ref()))));
  }

  /** Whether the operator made the identity because this very workload was annotated. */
  private static boolean isMadeFor(Workload workload, ManagedIdentity identity) {
    return isLabelled(workload, identity)
        && OwnerReferences.controllerOf(identity)
            .filter(owner -> owner.getUid().equals(workload.uid()))
            .isPresent();
  }

  private static boolean isOfPredecessor(Workload workload, ManagedIdentity identity) {
    return isLabelled(workload, identity)
        && OwnerReferences.controllerOf(identity)
            .filter(owner -> owner.getKind().equals(workload.ref().kind()))
            .filter(owner -> owner.getName().equals(workload.ref().name()))
            .isPresent();
  }

  private static boolean isLabelled(Workload workload, ManagedIdentity identity) {
    var labels = identity.getMetadata().getLabels();
    return labels != null
        && Objects.equals(labels.get(AnnotatedIdentities.KIND_LABEL), workload.ref().kind());
  }
}
