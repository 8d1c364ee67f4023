package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.behaviour.Propagation;
import dev.managedidentity.dev.emulator.control.OutOfBand;
import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A binding is ready when a pod can sign in, and not before. */
@UsesControlPlane
@UsesOperator(ProofIT.Alone.class)
class ProofIT {
  /** Azure is slow for everybody in these tests. */
  static final class Alone implements Setup {}

  private final Team team;

  ProofIT(Team team) {
    this.team = team;
  }

  @AfterEach
  void hurry() {
    team.azure().control().setPropagation(Propagation.IMMEDIATE);
  }

  @Test
  void aBindingIsReadyOnceEntraKnowsItsCredential() {
    slow(Propagation.IMMEDIATE.withCredentials(Duration.ofMinutes(1)));
    team.applyIdentity("orders", "{}");
    team.applyBinding("api", "orders");

    team.awaitBinding("api", "Unknown", "TokenExchangePending");
    team.azure().control().advanceClock(Duration.ofMinutes(2));

    team.awaitReadyBinding("api");
    assertThat(condition("TokenExchangeVerified").status()).isEqualTo("True");
    assertThat(condition("TokenExchangeVerified").message()).contains(" ms");
  }

  @Test
  void aBindingIsReadyOnceItsRolesAreInForce() {
    slow(Propagation.IMMEDIATE.withRoleAssignments(Duration.ofMinutes(5)));
    team.applyIdentity(
        "orders",
        "{roleAssignments: [{role: Reader, scope:"
            + " /subscriptions/$SUBSCRIPTION/resourceGroups/platform}]}");
    team.applyBinding("api", "orders");

    team.awaitBinding("api", "Unknown", "RolesPending");
    assertThat(roles().status()).isEqualTo("Unknown");
    team.azure().control().advanceClock(Duration.ofMinutes(6));

    team.awaitReadyBinding("api");
    team.eventually(() -> assertThat(roles().status()).isEqualTo("True"));
  }

  @Test
  void whatIsTriedIsCounted() {
    team.applyIdentity("orders", "{}");
    team.applyBinding("api", "orders");
    team.awaitReadyBinding("api");

    assertThat(team.operator().metrics())
        .contains("managed_identity_token_exchanges_total{result=\"Succeeded\"}")
        .contains("managed_identity_federation_delay_seconds_bucket");
  }

  @Test
  void anAudienceThatEntraRefusesIsNamedUntilItIsAccepted() {
    team.azure().control().beforeNext("token/clientAssertion", "", this::changeAudience);
    team.applyIdentity("orders", "{}");
    team.applyBinding("api", "orders");

    team.eventually(
        () ->
            assertThat(team.events("api"))
                .anySatisfy(
                    event ->
                        assertThat(event.getNote())
                            .contains("VerifyTokenExchange failed", TokenEndpoint.AUDIENCE)));
    team.awaitReadyBinding("api");
  }

  /** The inventory finds that and repairs it. */
  private void changeAudience(OutOfBand world) {
    var written =
        team.azure().control().snapshot().credentials().stream()
            .filter(credential -> credential.subject().contains(team.name()))
            .findFirst()
            .orElseThrow();
    world.putCredential(
        written.identity(), written.name(), written.issuer(), written.subject(), "api://other");
  }

  private void slow(Propagation propagation) {
    team.azure().control().setPropagation(propagation);
  }

  private Condition condition(String type) {
    return team.binding("api").conditions().stream()
        .filter(one -> one.type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private Condition roles() {
    return team.identity("orders").conditions().stream()
        .filter(one -> one.type().equals("RolesEffective"))
        .findFirst()
        .orElseThrow();
  }
}
