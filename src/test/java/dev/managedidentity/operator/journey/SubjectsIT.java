package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.List;
import java.util.Optional;
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
