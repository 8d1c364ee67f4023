package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who can sign in as an identity besides one service account: those with labels, and outsiders. */
@UsesControlPlane
@UsesOperator
class SubjectsIT {
  private static final String CLIENT_ID = "azure.workload.identity/client-id";

  private final Team team;

  SubjectsIT(Team team) {
    this.team = team;
  }

  @Test
  void serviceAccountsComeAndGoByTheirLabels() {
    account("api", "shop");
    account("worker", "shop");
    account("stranger", "web");
    team.applyIdentity("orders", "{}");
    team.applyBindingSpec(
        "all",
        "{identityRef: {name: orders}, subject: {serviceAccountSelector: {matchLabels: {team:"
            + " shop}}}}");
    var status = team.awaitReadyBinding("all");
    assertThat(accounts()).containsExactlyInAnyOrder("api", "worker");
    assertThat(team.annotations("api")).containsEntry(CLIENT_ID, status.clientId());
    assertThat(exchange(team.binding("all")))
        .hasValueSatisfying(one -> assertThat(one.status()).isEqualTo("True"));

    account("stranger", "shop");
    team.eventually(
        () -> assertThat(accounts()).containsExactlyInAnyOrder("api", "worker", "stranger"));

    account("api", "web");
    team.eventually(
        () -> {
          assertThat(accounts()).containsExactlyInAnyOrder("worker", "stranger");
          assertThat(team.annotations("api")).doesNotContainKey(CLIENT_ID);
        });

    team.deleteBinding("all");
    team.awaitNoBinding("all");
    assertThat(accounts()).isEmpty();
    assertThat(team.annotations("worker")).doesNotContainKey(CLIENT_ID);
  }

  @Test
  void anOutsiderIsKnownByIssuerAndSubject() {
    team.applyIdentity("orders", "{}");
    team.applyBindingSpec(
        "ci",
        "{identityRef: {name: orders}, subject: {external: {issuer: 'https://ci.example', subject:"
            + " 'repo:orders'}}}");

    team.awaitReadyBinding("ci");

    assertThat(team.subjects(team.identity("orders"))).containsExactly("repo:orders");
    assertThat(exchange(team.binding("ci")))
        .hasValueSatisfying(one -> assertThat(one.reason()).isEqualTo("NotApplicable"));
  }

  @Test
  void anOutsiderNeedsTheLeaveOfThePlatformTeam() {
    team.label("shop");
    team.applyIdentity("orders", "{azure: {name: shop-orders-%s}}".formatted(team.name()));
    team.applyBindingSpec(
        "ci",
        "{identityRef: {name: orders}, subject: {external: {issuer: 'https://ci.example', subject:"
            + " 'repo:orders'}}}");

    assertThat(team.awaitBinding("ci", "False", "Guardrail")).contains("https://ci.example");
    assertThat(team.operations()).noneMatch(operation -> operation.contains("Credentials/write"));
  }

  @Test
  void anAccountOfAnotherBindingIsLeftToItUntilThatIsGone() {
    account("api", "shop");
    account("worker", "shop");
    team.applyIdentity("orders", "{}");
    team.applyBindingSpec(
        "one", "{identityRef: {name: orders}, subject: {serviceAccount: {name: api}}}");
    team.awaitReadyBinding("one");
    team.applyBindingSpec(
        "all",
        "{identityRef: {name: orders}, subject: {serviceAccountSelector: {matchLabels: {team:"
            + " shop}, annotate: false}}}");

    assertThat(team.awaitBinding("all", "False", "SubjectAlreadyBound"))
        .contains("IdentityBinding %s/one".formatted(team.name()))
        .contains("system:serviceaccount:%s:api".formatted(team.name()));
    assertThat(team.binding("all").federatedCredentials()).hasSize(1);
    assertThat(accounts()).containsExactlyInAnyOrder("api", "worker");

    team.deleteBinding("one");
    team.awaitReadyBinding("all");
    assertThat(team.binding("all").federatedCredentials()).hasSize(2);
    assertThat(accounts()).containsExactlyInAnyOrder("api", "worker");
  }

  @Test
  void oneAccountHasSeveralIdentitiesAndOneOfThemIsSaid() {
    team.applyAccount("api");
    team.applyIdentity("orders", "{}");
    team.applyIdentity("payments", "{}");
    team.applyBindingSpec(
        "one", "{identityRef: {name: orders}, subject: {serviceAccount: {name: api}}}");
    team.applyBindingSpec(
        "two",
        "{identityRef: {name: payments}, subject: {serviceAccount: {name: api, annotate: false}}}");

    var one = team.awaitReadyBinding("one");
    var two = team.awaitReadyBinding("two");

    assertThat(one.clientId()).isNotEqualTo(two.clientId());
    assertThat(team.annotations("api")).containsEntry(CLIENT_ID, one.clientId());
    assertThat(team.subjects(team.identity("payments"))).hasSize(1);
  }

  @Test
  void ofFiveHundredAccountsThoseThatFitAreServedAndTheRestIsCounted() {
    IntStream.range(0, 500).parallel().forEach(i -> account("a%03d".formatted(i), "shop"));
    team.applyIdentity("orders", "{}");
    team.applyBindingSpec(
        "all",
        "{identityRef: {name: orders}, subject: {serviceAccountSelector: {matchLabels: {team:"
            + " shop}}}}");

    assertThat(team.awaitBinding("all", "False", "CredentialQuotaExceeded"))
        .contains("480 of the 500")
        .contains("split a selector");
    assertThat(team.binding("all").federatedCredentials())
        .hasSize(20)
        .allSatisfy(entry -> assertThat(entry.verifiedAt()).isNotNull());
    var served = accounts();
    assertThat(served).contains("a000", "a019").doesNotContain("a020");

    account("a007", "web");

    team.eventually(() -> assertThat(accounts()).contains("a020").doesNotContain("a007"));
    assertThat(accounts())
        .containsAll(served.stream().filter(name -> !name.equals("a007")).toList());
  }

  @Test
  void aCredentialOfSomebodyElseIsUsedAndStaysTheirs() {
    team.applyIdentity("orders", "{}");
    credentialByHand(TokenEndpoint.AUDIENCE);
    team.applyBinding("api", "orders");

    var status = team.awaitReadyBinding("api");

    assertThat(status.federatedCredentials())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.name()).isEqualTo("by-hand");
              assertThat(entry.state()).isEqualTo(FederatedCredentialStatus.State.FOREIGN);
            });
    team.eventually(
        () ->
            assertThat(team.identity("orders").federatedCredentials())
                .isNotNull()
                .satisfies(usage -> assertThat(usage.used()).isEqualTo(1)));

    team.deleteBinding("api");
    team.awaitNoBinding("api");
    assertThat(accounts()).containsExactly("api");
  }

  @Test
  void aCredentialOfSomebodyElseForAnotherAudienceIsInTheWay() {
    team.applyIdentity("orders", "{}");
    credentialByHand("api://other");
    team.applyBinding("api", "orders");

    assertThat(team.awaitBinding("api", "False", "SubjectAlreadyBound"))
        .contains("by-hand")
        .contains("api://other");
    assertThat(team.subjects(team.identity("orders"))).hasSize(1);
  }

  /** Whom the portal lets in. */
  private void credentialByHand(String audience) {
    var identity = team.awaitReadyIdentity("orders");
    team.azure()
        .control()
        .outOfBand()
        .putCredential(
            new Scope(requireNonNull(identity.resourceId())),
            "by-hand",
            team.operator().rig().controlPlane().issuer(),
            "system:serviceaccount:%s:api".formatted(team.name()),
            audience);
  }

  private void account(String name, String label) {
    team.apply(
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: %s, namespace: $NAMESPACE, labels: {team: %s}}
        """
            .formatted(name, label));
  }

  private List<String> accounts() {
    return team.subjects(team.identity("orders")).stream()
        .map(subject -> subject.substring(subject.lastIndexOf(':') + 1))
        .toList();
  }

  private static Optional<Condition> exchange(IdentityBindingStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.type().equals("TokenExchangeVerified"))
        .findFirst();
  }
}
