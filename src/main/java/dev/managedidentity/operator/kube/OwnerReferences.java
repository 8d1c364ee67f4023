package dev.managedidentity.operator.kube;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Optional;

/** What an object of the cluster was made for, by its owner references. */
public final class OwnerReferences {
  private OwnerReferences() {}

  /** The one owner that made the object, or for which it was made. */
  public static Optional<OwnerReference> controllerOf(HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .findFirst();
  }

  /** Whether this is the binding that the operator made for this very identity. */
  public static boolean isOwn(IdentityBinding binding, ManagedIdentity identity) {
    var metadata = binding.getMetadata();
    var owner = identity.getMetadata();
    return metadata.getNamespace().equals(owner.getNamespace())
        && metadata.getName().equals(owner.getName())
        && controllerOf(binding).filter(made -> made.getUid().equals(owner.getUid())).isPresent();
  }
}
