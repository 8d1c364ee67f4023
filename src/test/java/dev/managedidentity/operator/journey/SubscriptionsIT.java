package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One cluster has identities in several subscriptions, resource groups and locations. */
@UsesControlPlane
@UsesOperator
class SubscriptionsIT {
  private final Team team;
  private final String other = UUID.randomUUID().toString();

  SubscriptionsIT(Team team) {
    this.team = team;
  }

  @BeforeEach
  void anotherSubscription() {
    var hand = team.azure().control().outOfBand();
    var operator =
        hand.principals().stream()
            .filter(principal -> principal.clientId().equals(team.azure().clientId()))
            .findFirst()
            .orElseThrow()
            .objectId();
    hand.addSubscription(other, "The other one");
    hand.addResourceGroup(other, team.name(), "northeurope");
    hand.grant(operator, "Managed Identity Contributor", Scope.subscription(other));
    hand.grant(operator, "Role Based Access Control Administrator", Scope.subscription(other));
  }

  @Test
  void identitiesOfSeveralSubscriptionsAreGrantedRolesAcrossThem() {
    var here = Scope.group(team.azure().subscriptionId(), "platform");
    var there = Scope.group(other, team.name());
    team.applyIdentity(
        "near", "{roleAssignments: [{role: Reader, scope: %s}]}".formatted(there.path()));
    team.applyIdentity(
        "far",
        "{azure: {subscriptionId: %s, resourceGroup: $NAMESPACE, location: northeurope}, roleAssignments: [{role: Reader, scope: %s}]}"
            .formatted(other, here.path()));
    team.applyBinding("near", "near");
    team.applyBinding("far", "far");

    var near = team.awaitReadyIdentity("near");
    var far = team.awaitReadyIdentity("far");
    team.awaitReadyBinding("near");
    team.awaitReadyBinding("far");

    assertThat(near.resourceId()).contains(team.azure().subscriptionId());
    assertThat(far.resourceId()).contains(other);
    assertThat(far.location()).isEqualTo("northeurope");
    assertThat(team.grants(near)).containsExactly(there.path());
    assertThat(team.grants(far)).containsExactly(here.path());
    assertThat(team.subjects(near)).hasSize(1);
    assertThat(team.subjects(far)).hasSize(1);
  }

  @Test
  void whatIsDeletedInTheOtherSubscriptionIsSeenToo() {
    team.applyIdentity(
        "far",
        "{azure: {subscriptionId: %s, resourceGroup: $NAMESPACE, location: northeurope}}"
            .formatted(other));
    var old = team.awaitReadyIdentity("far");

    team.azure().control().outOfBand().deleteIdentity(new Scope(requireNonNull(old.resourceId())));

    team.eventually(
        () -> assertThat(team.identity("far").clientId()).isNotNull().isNotEqualTo(old.clientId()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", name: far-$NAMESPACE"})
  void anIdentityWhoseResourceGroupIsGoneCanBeDeleted(String name) {
    team.applyIdentity(
        "far",
        "{azure: {subscriptionId: %s, resourceGroup: $NAMESPACE, location: northeurope%s}}"
            .formatted(other, name));
    team.awaitReadyIdentity("far");

    team.azure().control().outOfBand().deleteResourceGroup(Scope.group(other, team.name()));
    assertThat(team.awaitIdentity("far", "False", "ResourceGroupNotFound"))
        .contains(team.name())
        .contains("Create it, or use another");

    team.deleteIdentity("far");
    team.awaitNoIdentity("far");
  }

  @Test
  void aSubscriptionThatWentToAnotherTenantIsNamedAndComesBack() {
    team.applyIdentity(
        "far",
        "{azure: {subscriptionId: %s, resourceGroup: $NAMESPACE, location: northeurope}}"
            .formatted(other));
    team.awaitReadyIdentity("far");
    var hand = team.azure().control().outOfBand();

    hand.transferSubscription(other, UUID.randomUUID().toString());
    team.applyIdentity(
        "far",
        "{azure: {subscriptionId: %s, resourceGroup: $NAMESPACE, location: northeurope, tags: {a: b}}}"
            .formatted(other));

    assertThat(team.awaitIdentity("far", "False", "SignInFailed"))
        .contains("Check the operator's own Azure credential and tenant");

    hand.addSubscription(other, "The other one"); // of the operator's own tenant
    team.annotate("far", "try", "again");
    team.awaitReadyIdentity("far");
  }
}
