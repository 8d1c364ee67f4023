package dev.managedidentity.operator.sharding;

import dev.managedidentity.operator.api.ManagedIdentity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;

/** Which ManagedIdentities are shards, and of which. */
public final class Shards {
  /** On every shard: the name of the ManagedIdentity that it extends. */
  public static final String LABEL = "managedidentity.dev/shard-of";

  private Shards() {}

  /** The ManagedIdentity that a shard extends; empty for one that is no shard. */
  public static Optional<ResourceID> parent(ManagedIdentity identity) {
    return owner(identity)
        .map(owner -> new ResourceID(owner.getName(), identity.getMetadata().getNamespace()));
  }

  /** Whether the second is a shard of the first. */
  public static boolean isOf(ManagedIdentity parent, ManagedIdentity identity) {
    return owner(identity)
        .filter(owner -> owner.getUid().equals(parent.getMetadata().getUid()))
        .isPresent();
  }

  private static Optional<OwnerReference> owner(ManagedIdentity identity) {
    return identity.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .filter(owner -> owner.getKind().equals(HasMetadata.getKind(ManagedIdentity.class)))
        .findFirst();
  }
}
