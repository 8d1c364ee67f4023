package dev.managedidentity.operator.kube;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.WorkloadRef;
import dev.managedidentity.operator.plan.Problem;
import java.util.Optional;

/** What a system-assigned identity needs in Kubernetes for the workload that owns it. */
public interface OwnBindings {
  /** Nothing is done, and that is fine: for rehearsals. */
  OwnBindings NONE = new Rehearsed();

  /** Makes the workload with this uid an owner: Kubernetes deletes the identity with it. */
  Optional<Problem> own(ManagedIdentity identity, WorkloadRef workload, String uid);

  /** Makes the binding of the identity to this service account, under the identity's name. */
  Optional<Problem> create(ManagedIdentity identity, String serviceAccount);

  /** Deletes the binding with this uid that was made for the identity. */
  Optional<Problem> delete(ManagedIdentity identity, String uid);

  /** Does nothing. */
  record Rehearsed() implements OwnBindings {
    @Override
    public Optional<Problem> own(ManagedIdentity identity, WorkloadRef workload, String uid) {
      return Optional.empty();
    }

    @Override
    public Optional<Problem> create(ManagedIdentity identity, String serviceAccount) {
      return Optional.empty();
    }

    @Override
    public Optional<Problem> delete(ManagedIdentity identity, String uid) {
      return Optional.empty();
    }
  }
}
