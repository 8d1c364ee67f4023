package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.List;
import org.junit.jupiter.api.Test;

@UsesControlPlane
@UsesOperator
class LifecycleIT {
  @Test
  void anIdentityAndABindingCostOneWriteEachAndNoRead(Team team) {
    team.applyIdentity("orders", "{}");
    team.applyBinding("orders-api", "orders");

    var identity = team.awaitReadyIdentity("orders");
    var binding = team.awaitReadyBinding("orders-api");

    assertThat(binding.clientId()).isEqualTo(identity.clientId());
    assertThat(team.subjects(identity))
        .containsExactly("system:serviceaccount:%s:orders-api".formatted(team.name()));
    assertThat(team.annotations("orders-api"))
        .containsEntry("azure.workload.identity/client-id", identity.clientId())
        .containsEntry("azure.workload.identity/tenant-id", team.azure().tenantId())
        .containsEntry("azure.workload.identity/service-account-token-expiration", "3600");
    assertThat(team.operations())
        .containsExactly(
            "userAssignedIdentities/write",
            "userAssignedIdentities/federatedIdentityCredentials/write");
  }

  @Test
  void resourcesAtRestCostNoCall(Team team) {
    team.applyIdentity("orders", "{}");
    team.applyBinding("orders-api", "orders");
    team.awaitReadyBinding("orders-api");
    var calls = team.operations();

    // wakes both: an annotation, and a change of the service account
    team.apply(
        """
        apiVersion: managedidentity.dev/v1alpha1
        kind: ManagedIdentity
        metadata: {name: orders, namespace: $NAMESPACE, annotations: {team: shop}}
        spec: {}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: orders-api, namespace: $NAMESPACE, labels: {team: shop}}
        """);
    team.applyIdentity("after", "{}");
    team.awaitReadyIdentity("after");

    assertThat(team.operations())
        .startsWith(calls.toArray(String[]::new))
        .hasSize(calls.size() + 1);
  }

  @Test
  void everythingMayBeAppliedInAnyOrder(Team team) {
    team.applyBindingSpec(
        "orders-api",
        "{identityRef: {name: orders}, subject: {serviceAccount: {name: orders-api}}}");
    assertThat(team.awaitBinding("orders-api", "Unknown", "IdentityNotFound"))
        .contains(team.name() + "/orders");

    team.applyIdentity("orders", "{}");
    assertThat(team.awaitBinding("orders-api", "Unknown", "ServiceAccountNotFound"))
        .contains("subject.serviceAccount.create: true");

    team.applyAccount("orders-api");
    team.awaitReadyBinding("orders-api");
  }

  @Test
  void deletingEverythingLeavesNothingInAzure(Team team) {
    team.applyIdentity(
        "orders",
        "{roleAssignments: [{role: Reader, scope:"
            + " /subscriptions/$SUBSCRIPTION/resourceGroups/platform}]}");
    team.applyBinding("orders-api", "orders");
    var identity = team.awaitReadyIdentity("orders");
    team.awaitReadyBinding("orders-api");
    assertThat(team.grants(identity)).hasSize(1);

    team.deleteBinding("orders-api");
    team.deleteIdentity("orders");
    team.awaitNoBinding("orders-api");
    team.awaitNoIdentity("orders");

    assertThat(team.azureIdentities()).isEmpty();
    assertThat(team.subjects(identity)).isEmpty();
    assertThat(team.grants(identity)).isEmpty();
    assertThat(team.annotations("orders-api")).isEmpty();
    assertThat(team.operations())
        .filteredOn(operation -> operation.endsWith("/delete"))
        .containsExactly(
            "userAssignedIdentities/federatedIdentityCredentials/delete",
            "userAssignedIdentities/delete");
  }

  @Test
  void anIdentityThatIsBoundWaitsForItsBindingsAndNamesThem(Team team) {
    team.applyIdentity("orders", "{}");
    team.applyBinding("orders-api", "orders");
    team.awaitReadyBinding("orders-api");
    team.eventually(() -> assertThat(team.identity("orders").bindings()).isEqualTo(1));

    team.deleteIdentity("orders");

    team.eventually(
        () ->
            assertThat(Team.ready(team.identity("orders").conditions()))
                .hasValueSatisfying(
                    ready -> {
                      assertThat(ready.reason()).isEqualTo("InUse");
                      assertThat(ready.message()).contains(team.name() + "/orders-api");
                    }));
    assertThat(team.azureIdentities()).hasSize(1);

    team.deleteBinding("orders-api");
    team.awaitNoIdentity("orders");
    assertThat(team.azureIdentities()).isEmpty();
  }

  @Test
  void deletingTheNamespaceRemovesEverything(Team team) {
    team.applyIdentity("orders", "{}");
    team.applyIdentity("payments", "{}");
    team.applyBinding("orders-api", "orders");
    team.applyBinding("orders-job", "orders");
    team.applyBinding("payments-api", "payments");
    for (var binding : List.of("orders-api", "orders-job", "payments-api")) {
      team.awaitReadyBinding(binding);
    }

    team.kubectl().namespaces().withName(team.name()).delete();

    team.eventually(
        () -> assertThat(team.kubectl().namespaces().withName(team.name()).get()).isNull());
    assertThat(team.azureIdentities()).isEmpty();
  }

  @Test
  void whatIsRetainedStaysAndIsTakenOverAgain(Team team) {
    team.applyIdentity("orders", "{deletionPolicy: Retain}");
    var first = team.awaitReadyIdentity("orders");

    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");
    assertThat(team.azureIdentities()).hasSize(1);

    team.applyIdentity("orders", "{}");
    assertThat(team.awaitReadyIdentity("orders").clientId()).isEqualTo(first.clientId());
  }

  @Test
  void twentyBindingsOfOneIdentityAreWrittenOneAtATime(Team team) {
    team.applyIdentity("orders", "{}");
    for (var i = 0; i < 20; i++) {
      team.applyBinding("api-" + i, "orders");
    }
    for (var i = 0; i < 20; i++) {
      team.awaitReadyBinding("api-" + i);
    }

    assertThat(team.subjects(team.identity("orders"))).hasSize(20);
    assertThat(team.azure().control().overlaps()).isZero();
    assertThat(team.requests()).allSatisfy(request -> assertThat(request.status()).isLessThan(300));
  }
}
