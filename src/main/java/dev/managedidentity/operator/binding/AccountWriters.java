package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.kube.ClientIdMaps;
import io.fabric8.kubernetes.client.KubernetesClient;

/** What a binding writes for service accounts: on them, and where their pods find client ids. */
public record AccountWriters(AccountAnnotations annotations, ClientIdMaps clientIds) {
  /** Both, by way of one client. */
  public AccountWriters(KubernetesClient client) {
    this(new AccountAnnotations(client), new ClientIdMaps(client));
  }
}
