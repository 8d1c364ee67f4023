package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.apiserver.UsesControlPlane;
import org.junit.jupiter.api.Test;

/** Two bindings of one subject exchange their identities: neither waits for the other for ever. */
@UsesControlPlane
@UsesOperator
class ExchangeIT {
  private final Team team;

  ExchangeIT(Team team) {
    this.team = team;
    team.applyIdentity("orders", "{}");
    team.applyIdentity("payments", "{}");
    team.applyAccount("api");
    bind("one", "orders");
    bind("two", "payments");
    team.awaitReadyBinding("one");
    team.awaitReadyBinding("two");
  }

  @Test
  void twoBindingsOfOneServiceAccountChangePlaces() {
    var orders = team.identity("orders");
    var payments = team.identity("payments");

    bind("one", "payments");
    bind("two", "orders");

    assertThat(team.awaitReadyBinding("one").clientId()).isEqualTo(payments.clientId());
    assertThat(team.awaitReadyBinding("two").clientId()).isEqualTo(orders.clientId());
    assertThat(team.subjects(orders)).hasSize(1);
    assertThat(team.subjects(payments)).hasSize(1);
  }

  private void bind(String name, String identity) {
    team.applyBindingSpec(
        name,
        "{identityRef: {name: %s}, subject: {serviceAccount: {name: api, annotate: false}}}"
            .formatted(identity));
  }
}
