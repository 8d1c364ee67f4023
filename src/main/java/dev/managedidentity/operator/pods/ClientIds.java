package dev.managedidentity.operator.pods;

import dev.managedidentity.operator.ownership.DerivedNames;
import java.util.Optional;

/**
 * Where the client ids of a service account's identities stand, so that a pod can refer to one that
 * is not known yet: a ConfigMap for each account, a key in it for each identity.
 */
public final class ClientIds {
  /** Key of the identity of pods that name none; also the beginning of all others. */
  public static final String KEY = "AZURE_CLIENT_ID";

  private static final String PREFIX = "azure-identity-";

  /**
   * Of names of ConfigMaps and of their keys
   * (https://kubernetes.io/docs/concepts/configuration/configmap/).
   */
  private static final int LENGTH = 253;

  private ClientIds() {}

  /** Name of the ConfigMap of a service account. */
  public static String configMap(String serviceAccount) {
    return fitting(PREFIX + serviceAccount);
  }

  /** Key of the identity that pods name, or of that for those which name none. */
  public static String key(Optional<String> identity) {
    return identity.map(name -> fitting(KEY + "." + name.replace('/', '_'))).orElse(KEY);
  }

  private static String fitting(String name) {
    var digest = DerivedNames.digest(name);
    return name.length() <= LENGTH
        ? name
        : name.substring(0, LENGTH - digest.length() - 1) + "-" + digest;
  }
}
