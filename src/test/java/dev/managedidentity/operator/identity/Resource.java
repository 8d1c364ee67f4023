package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.ManagedIdentity;
import io.fabric8.kubernetes.client.utils.Serialization;

/** ManagedIdentities for tests, written as people write them. */
final class Resource {
  private Resource() {}

  /** ManagedIdentity shop/orders with this YAML as its spec; the API server has seen it. */
  static ManagedIdentity withSpec(String spec) {
    return Serialization.unmarshal(
        """
        apiVersion: managedidentity.dev/v1alpha1
        kind: ManagedIdentity
        metadata: {namespace: shop, name: orders, uid: uid-1, generation: 3}
        spec: %s
        """
            .formatted(spec),
        ManagedIdentity.class);
  }

  /** The same, on its way out. */
  static ManagedIdentity deletedWithSpec(String spec) {
    var resource = withSpec(spec);
    resource.getMetadata().setDeletionTimestamp("2026-03-01T12:00:00Z");
    return resource;
  }
}
