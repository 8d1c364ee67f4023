package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.apiserver.UsesControlPlane;
import org.junit.jupiter.api.Test;

@UsesControlPlane
@UsesOperator
class LifecycleIT {
  static final String ORDERS =
      """
      apiVersion: managedidentity.dev/v1alpha1
      kind: ManagedIdentity
      metadata: {name: orders, namespace: $NAMESPACE}
      spec: {}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: orders-api, namespace: $NAMESPACE}
      ---
      apiVersion: managedidentity.dev/v1alpha1
      kind: IdentityBinding
      metadata: {name: orders-api, namespace: $NAMESPACE}
      spec:
        identityRef: {name: orders}
        subject: {serviceAccount: {name: orders-api}}
      """;

  @Test
  void anIdentityAndABindingCostOneWriteEachAndNoRead(Team team) {
    team.apply(ORDERS);

    var identity = team.awaitReadyIdentity("orders");
    var binding = team.awaitReadyBinding("orders-api");

    assertThat(binding.clientId()).isEqualTo(identity.clientId());
    assertThat(team.operations())
        .containsExactly(
            "userAssignedIdentities/write",
            "userAssignedIdentities/federatedIdentityCredentials/write");
    assertThat(
            team.kubectl()
                .serviceAccounts()
                .inNamespace(team.name())
                .withName("orders-api")
                .require()
                .getMetadata()
                .getAnnotations())
        .containsEntry("azure.workload.identity/client-id", identity.clientId())
        .containsEntry("azure.workload.identity/tenant-id", team.azure().tenantId());
  }
}
