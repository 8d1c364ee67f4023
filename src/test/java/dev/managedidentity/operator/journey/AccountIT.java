package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens to the service account of a binding. */
@UsesControlPlane
@UsesOperator
class AccountIT {
  private static final String CLIENT_ID = "azure.workload.identity/client-id";

  @Test
  void anAccountIsCreatedWhenAskedForAndGoesWithTheBinding(Team team) {
    team.applyIdentity("orders", "{}");
    team.applyBindingSpec(
        "orders-api",
        "{identityRef: {name: orders}, subject: {serviceAccount: {name: made, create: true}}}");
    team.awaitReadyBinding("orders-api");
    assertThat(team.annotations("made")).containsKey(CLIENT_ID);

    team.deleteBinding("orders-api");

    team.eventually(() -> assertThat(team.findAccount("made")).isEmpty());
  }

  @Test
  void anAccountThatWasThereBeforeStaysWhenTheBindingGoes(Team team) {
    team.applyIdentity("orders", "{}");
    team.applyAccount("kept");
    team.applyBindingSpec(
        "orders-api",
        "{identityRef: {name: orders}, subject: {serviceAccount: {name: kept, create: true}}}");
    team.awaitReadyBinding("orders-api");

    team.deleteBinding("orders-api");

    team.awaitNoBinding("orders-api");
    assertThat(team.findAccount("kept")).isPresent();
    assertThat(team.annotations("kept")).isEmpty();
  }

  @Test
  void withoutAnnotateTheAccountIsLeftAlone(Team team) {
    team.applyIdentity("orders", "{}");
    team.applyAccount("plain");
    team.applyBindingSpec(
        "orders-api",
        "{identityRef: {name: orders}, subject: {serviceAccount: {name: plain, annotate: false}}}");

    var binding = team.awaitReadyBinding("orders-api");

    assertThat(binding.clientId()).isNotNull();
    assertThat(team.annotations("plain")).isEmpty();
  }

  @Test
  void annotationsFollowTheSpec(Team team) {
    team.applyIdentity("orders", "{}");
    team.applyBinding("orders-api", "orders");
    team.awaitReadyBinding("orders-api");

    team.applyBindingSpec(
        "orders-api",
        "{identityRef: {name: orders}, tokenExpirationSeconds: 7200,"
            + " subject: {serviceAccount: {name: orders-api}}}");
    team.awaitReadyBinding("orders-api");
    assertThat(team.annotations("orders-api"))
        .containsEntry("azure.workload.identity/service-account-token-expiration", "7200");

    team.applyBindingSpec(
        "orders-api",
        "{identityRef: {name: orders}, subject: {serviceAccount: {name: orders-api, annotate:"
            + " false}}}");
    team.awaitReadyBinding("orders-api");
    assertThat(team.annotations("orders-api")).isEmpty();
  }

  @Test
  void annotationsOfSomebodyElseAreAConflictAndStay(Team team) {
    team.applyIdentity("orders", "{}");
    team.apply(
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: orders-api
          namespace: $NAMESPACE
          annotations: {azure.workload.identity/client-id: somebody}
        """);
    team.applyBindingSpec(
        "orders-api",
        "{identityRef: {name: orders}, subject: {serviceAccount: {name: orders-api}}}");

    var message = team.awaitBinding("orders-api", "False", "ServiceAccountConflict");

    assertThat(message).contains("orders-api").contains(CLIENT_ID).contains("annotate: false");
    assertThat(team.annotations("orders-api")).isEqualTo(Map.of(CLIENT_ID, "somebody"));

    team.deleteBinding("orders-api");
    team.awaitNoBinding("orders-api");
    assertThat(team.annotations("orders-api")).isEqualTo(Map.of(CLIENT_ID, "somebody"));
  }

  @Test
  void oneAccountCanHaveTwoIdentitiesOfWhichOneAnnotatesIt(Team team) {
    team.applyIdentity("orders", "{}");
    team.applyIdentity("payments", "{}");
    team.applyBinding("api", "orders");
    team.awaitReadyBinding("api");

    var second =
        "{identityRef: {name: payments}, subject: {serviceAccount: {name: api, annotate: %s}}}";
    team.applyBindingSpec("second", second.formatted(true));
    team.awaitBinding("second", "False", "ServiceAccountConflict");

    team.applyBindingSpec("second", second.formatted(false));
    team.awaitReadyBinding("second");
    assertThat(team.annotations("api"))
        .containsEntry(CLIENT_ID, team.identity("orders").clientId());
  }

  @Test
  void ofTwoBindingsOfOneAccountToOneIdentityTheFirstCountsUntilItGoes(Team team) {
    team.applyIdentity("orders", "{}");
    team.applyBinding("api", "orders");
    team.awaitReadyBinding("api");

    team.applyBindingSpec(
        "again", "{identityRef: {name: orders}, subject: {serviceAccount: {name: api}}}");
    assertThat(team.awaitBinding("again", "False", "SubjectAlreadyBound"))
        .contains("IdentityBinding api");

    team.deleteBinding("api");
    team.awaitReadyBinding("again");
    assertThat(team.subjects(team.identity("orders"))).hasSize(1);
  }
}
