package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.behaviour.ThrottleRule;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A subscription has a limit: it is used, and hardly ever met; others do not notice. */
@UsesControlPlane
@UsesOperator
class LimitIT {
  private static final int TOO_MANY = 429;

  private final Team team;
  private final String limited = UUID.randomUUID().toString();

  LimitIT(Team team) {
    this.team = team;
  }

  /** As Azure does, but only writes: tests list far more often than an operator. */
  @BeforeEach
  void limitWrites() {
    var control = team.azure().control();
    var hand = control.outOfBand();
    var operator =
        hand.principals().stream()
            .filter(principal -> principal.clientId().equals(team.azure().clientId()))
            .findFirst()
            .orElseThrow()
            .objectId();
    hand.addSubscription(limited, "The limited one");
    hand.addResourceGroup(limited, team.name(), "northeurope");
    hand.grant(operator, "Managed Identity Contributor", Scope.subscription(limited));
    control.throttle(
        new ThrottleRule(
            "userAssignedIdentities*/write",
            ThrottleRule.Per.SUBSCRIPTION,
            2,
            2,
            Optional.empty()));
  }

  @AfterEach
  void free() {
    team.azure().control().clearThrottles();
  }

  @Test
  void manyBindingsAreReadyAlthoughFewMayBeWrittenASecond() {
    for (var i = 0; i < 4; i++) {
      team.applyIdentity(
          "i" + i,
          "{azure: {subscriptionId: %s, resourceGroup: $NAMESPACE, location: northeurope}}"
              .formatted(limited));
    }
    for (var i = 0; i < 20; i++) {
      team.applyBinding("b" + i, "i" + i % 4);
    }

    for (var i = 0; i < 20; i++) {
      team.awaitReadyBinding("b" + i);
    }

    var writes =
        team.azure().control().requests().stream()
            .filter(request -> request.path().contains(limited))
            .filter(request -> request.operation().endsWith("/write"))
            .toList();
    assertThat(writes).filteredOn(write -> write.status() == TOO_MANY).hasSizeLessThan(8);
    assertThat(writes).filteredOn(write -> write.status() != TOO_MANY).hasSize(24);
  }
}
