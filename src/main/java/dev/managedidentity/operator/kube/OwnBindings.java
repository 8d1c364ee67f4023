package dev.managedidentity.operator.kube;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.plan.Problem;
import java.util.Optional;

/** What a system-assigned identity needs in Kubernetes for the workload that owns it. */
public interface OwnBindings {
  /** Lets Kubernetes delete the ManagedIdentity with the workload that its spec names. */
  Optional<Problem> tie(ManagedIdentity identity);

  /** Creates the IdentityBinding of the service account; it goes with the ManagedIdentity. */
  Optional<Problem> create(ManagedIdentity identity, String serviceAccount);

  /** Deletes the IdentityBinding with this uid that was created for the ManagedIdentity. */
  Optional<Problem> delete(ManagedIdentity identity, String uid);

  /** Does nothing, and is content. */
  OwnBindings NONE =
      new OwnBindings() {
        @Override
        public Optional<Problem> tie(ManagedIdentity identity) {
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
      };
}
