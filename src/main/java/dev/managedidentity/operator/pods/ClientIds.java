package dev.managedidentity.operator.pods;

import dev.managedidentity.operator.ownership.DerivedNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the client ids of a service account's identities stand, so that a pod can refer to one that
 * is not known yet: a ConfigMap for each account, keys in it for each identity.
 */
public final class ClientIds {
  /** Key of the client id for pods that name no identity; also the beginning of all others. */
  public static final String KEY = "AZURE_CLIENT_ID";

  private static final String TENANT = "AZURE_TENANT_ID";

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

  /** Key of the client id of the identity that pods name, or of that for those that name none. */
  static String key(Optional<String> identity) {
    return key(KEY, identity);
  }

  /** The same of the identity's tenant. */
  static String tenantKey(Optional<String> identity) {
    return key(TENANT, identity);
  }

  /**
   * What a binding has to say of its identity.
   *
   * @param identity as pods name it
   * @param isDefault whether it is for pods that name none, too
   */
  public static Map<String, String> entries(
      String identity, boolean isDefault, String clientId, String tenantId) {
    var entries = new HashMap<String, String>();
    Stream.concat(
            Stream.of(Optional.of(identity)),
            isDefault ? Stream.of(Optional.<String>empty()) : Stream.empty())
        .forEach(
            name -> {
              entries.put(key(name), clientId);
              entries.put(tenantKey(name), tenantId);
            });
    return entries;
  }

  private static String key(String kind, Optional<String> identity) {
    return identity.map(name -> fitting(kind + "." + name.replace('/', '_'))).orElse(kind);
  }

  private static String fitting(String name) {
    var digest = DerivedNames.digest(name);
    return name.length() <= LENGTH
        ? name
        : name.substring(0, LENGTH - digest.length() - 1) + "-" + digest;
  }
}
