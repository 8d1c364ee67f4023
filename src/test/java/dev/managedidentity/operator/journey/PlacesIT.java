package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.Identity;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.List;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Identities of one cluster in several subscriptions, resource groups and locations. */
@UsesControlPlane
@UsesOperator
class PlacesIT {
  @Test
  void identitiesLiveAndAreRepairedInSeveralSubscriptionsAndLocations(Team team) {
    var other = otherSubscription(team);
    team.applyIdentity("here", "{}");
    team.applyIdentity(
        "there",
        ("{azure: {subscriptionId: %s, resourceGroup: shop, location: northeurope},"
                + " roleAssignments: [{role: Reader, scope: /subscriptions/%s}]}")
            .formatted(other, other));
    var here = team.awaitReadyIdentity("here");
    var there = team.awaitReadyIdentity("there");

    assertThat(identities(team))
        .extracting(one -> one.group().subscriptionId(), Identity::location)
        .containsExactlyInAnyOrder(
            Tuple.tuple(team.azure().subscriptionId(), "westeurope"),
            Tuple.tuple(other, "northeurope"));
    assertThat(team.grants(there)).containsExactly("/subscriptions/" + other);

    var world = team.azure().control().outOfBand();
    for (var status : List.of(here, there)) {
      world.deleteIdentity(new Scope(String.valueOf(status.resourceId())));
    }
    team.eventually(
        () -> {
          assertThat(identities(team)).hasSize(2);
          assertThat(team.identity("there").clientId()).isNotEqualTo(there.clientId());
          assertThat(team.grants(team.identity("there"))).hasSize(1);
        });

    team.deleteIdentity("here");
    team.deleteIdentity("there");
    team.awaitNoIdentity("here");
    team.awaitNoIdentity("there");
    assertThat(identities(team)).isEmpty();
  }

  /** Another subscription with a group, in which the operator has its rights. */
  private static String otherSubscription(Team team) {
    var world = team.azure().control().outOfBand();
    var other = UUID.randomUUID().toString();
    world.addSubscription(other, team.name());
    world.addResourceGroup(other, "shop", "northeurope");
    var operator =
        world.principals().stream()
            .filter(principal -> principal.clientId().equals(team.azure().clientId()))
            .findFirst()
            .orElseThrow()
            .objectId();
    var scope = Scope.subscription(other);
    world.grant(operator, "Managed Identity Contributor", scope);
    world.grant(operator, "Role Based Access Control Administrator", scope);
    return other;
  }

  private static List<Identity> identities(Team team) {
    return team.azure().control().snapshot().identities().stream()
        .filter(identity -> identity.name().contains(team.name()))
        .toList();
  }
}
