package dev.managedidentity.operator.ownership;

import java.util.Map;
import java.util.Optional;

/**
 * The custom resource that an Azure object belongs to. On an identity it is written as tags.
 *
 * @param cluster UID of the kube-system namespace: the usual id of a cluster
 */
public record Owner(String cluster, String namespace, String name, String uid) {
  /** What every ownership tag begins with; users cannot set such tags. */
  public static final String TAG_PREFIX = "managedidentity.dev";

  private static final String CLUSTER = TAG_PREFIX + ".cluster";
  private static final String NAMESPACE = TAG_PREFIX + ".namespace";
  private static final String NAME = TAG_PREFIX + ".name";
  private static final String UID = TAG_PREFIX + ".uid";

  /** The owner that these tags name, if they name one. */
  public static Optional<Owner> ofTags(Map<String, String> tags) {
    var cluster = tags.get(CLUSTER);
    var namespace = tags.get(NAMESPACE);
    var name = tags.get(NAME);
    return cluster == null || namespace == null || name == null
        ? Optional.empty()
        : Optional.of(new Owner(cluster, namespace, name, tags.getOrDefault(UID, "")));
  }

  /** The owner as tags. */
  public Map<String, String> tags() {
    return Map.of(CLUSTER, cluster, NAMESPACE, namespace, NAME, name, UID, uid);
  }

  /** Whether both are the same resource by name; a re-created one takes over what was retained. */
  public boolean isSameResource(Owner other) {
    return cluster.equals(other.cluster)
        && namespace.equals(other.namespace)
        && name.equals(other.name);
  }

  @Override
  public String toString() {
    return "ManagedIdentity %s/%s of cluster %s".formatted(namespace, name, cluster);
  }
}
