package dev.managedidentity.operator.pods;

import java.util.Map;
import java.util.Optional;

/**
 * What a pod says of the identity that it is to have.
 *
 * @param isUsing whether it wants one at all
 * @param serviceAccount that it runs as
 * @param identity that it names, if the account has several: {@code NAME} or {@code NAMESPACE/NAME}
 */
public record PodWish(
    boolean isUsing, String namespace, String serviceAccount, Optional<String> identity) {
  /** On pods that want an identity, with the value {@code true}; others are never looked at. */
  public static final String LABEL = "azure.workload.identity/use";

  /** On pods whose account has several identities: the one that they want. */
  public static final String IDENTITY = "managedidentity.dev/identity";

  /** Of a pod's metadata and its account's name, which may be empty. */
  public static PodWish of(
      String namespace,
      Map<String, String> labels,
      Map<String, String> annotations,
      String serviceAccount) {
    return new PodWish(
        "true".equals(labels.get(LABEL)),
        namespace,
        serviceAccount.isEmpty() ? "default" : serviceAccount,
        Optional.ofNullable(annotations.get(IDENTITY))
            .map(name -> own(namespace, name.strip()))
            .filter(name -> !name.isEmpty()));
  }

  /** One of the pod's own namespace is named without it. */
  private static String own(String namespace, String name) {
    return name.startsWith(namespace + "/") ? name.substring(namespace.length() + 1) : name;
  }
}
