package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bindings from another namespace: by consent of the identity's owner only. */
@UsesControlPlane
@UsesOperator
class SharingIT {
  private final Team owners;
  private final String guests;

  SharingIT(Team owners) {
    this.owners = owners;
    this.guests = owners.name() + "-guests";
    owners.kubectl().resource(guests(Map.of())).create();
    owners.apply(
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: guest, namespace: $NAMESPACE-guests}
        ---
        apiVersion: managedidentity.dev/v1alpha1
        kind: IdentityBinding
        metadata: {name: guest, namespace: $NAMESPACE-guests}
        spec:
          identityRef: {name: orders, namespace: $NAMESPACE}
          subject: {serviceAccount: {name: guest}}
        """);
  }

  @AfterEach
  void removeGuests() {
    owners.kubectl().namespaces().withName(guests).delete();
  }

  @Test
  void withoutConsentABindingIsRefusedAndNothingIsWritten() {
    owners.applyIdentity("orders", "{}");
    var identity = owners.awaitReadyIdentity("orders");

    awaitGuest("False", "NamespaceNotAllowed");

    assertThat(owners.subjects(identity)).isEmpty();
  }

  @Test
  void withConsentForAllABindingWorks() {
    owners.applyIdentity("orders", "{allowedNamespaces: {from: All}}");

    awaitGuest("True", "Bound");

    assertThat(owners.subjects(owners.identity("orders")))
        .containsExactly("system:serviceaccount:" + guests + ":guest");
  }

  @Test
  void consentByLabelsFollowsTheLabels() {
    owners.applyIdentity(
        "orders",
        "{allowedNamespaces: {from: Selector, selector: {matchLabels: {team: friends}}}}");
    awaitGuest("False", "NamespaceNotAllowed");

    owners.kubectl().resource(guests(Map.of("team", "friends"))).forceConflicts().serverSideApply();
    awaitGuest("True", "Bound");

    owners.kubectl().resource(guests(Map.of("team", "others"))).forceConflicts().serverSideApply();
    awaitGuest("False", "NamespaceNotAllowed");
    owners.eventually(() -> assertThat(owners.subjects(owners.identity("orders"))).isEmpty());
  }

  @Test
  void consentWithdrawnTakesTheBindingDown() {
    owners.applyIdentity("orders", "{allowedNamespaces: {from: All}}");
    awaitGuest("True", "Bound");

    owners.applyIdentity("orders", "{allowedNamespaces: {from: Same}}");

    awaitGuest("False", "NamespaceNotAllowed");
    owners.eventually(
        () -> {
          assertThat(owners.subjects(owners.identity("orders"))).isEmpty();
          assertThat(
                  owners
                      .kubectl()
                      .serviceAccounts()
                      .inNamespace(guests)
                      .withName("guest")
                      .require()
                      .getMetadata()
                      .getAnnotations())
              .isNullOrEmpty();
        });
  }

  private void awaitGuest(String status, String reason) {
    owners.eventually(
        () -> {
          var binding =
              owners
                  .kubectl()
                  .resources(dev.managedidentity.operator.api.IdentityBinding.class)
                  .inNamespace(guests)
                  .withName("guest")
                  .require();
          assertThat(binding.getStatus()).isNotNull();
          assertThat(Team.ready(binding.getStatus().conditions()))
              .hasValueSatisfying(
                  ready ->
                      assertThat(ready.status() + "/" + ready.reason())
                          .isEqualTo(status + "/" + reason));
        });
  }

  private io.fabric8.kubernetes.api.model.Namespace guests(Map<String, String> labels) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(guests)
        .withLabels(labels)
        .endMetadata()
        .build();
  }
}
