package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.Identity;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Changes of the spec, and names that people choose. */
@UsesControlPlane
@UsesOperator
class ChangeIT {
  @Test
  void tagsAndIsolationScopeFollowTheSpec(Team team) {
    team.applyIdentity("orders", "{azure: {tags: {team: shop}}}");
    var first = team.awaitReadyIdentity("orders");
    assertThat(inAzure(team).tags())
        .containsEntry("team", "shop")
        .containsEntry("managedidentity.dev.namespace", team.name())
        .containsEntry("managedidentity.dev.name", "orders");

    team.applyIdentity("orders", "{azure: {isolationScope: Regional, tags: {owner: ops}}}");
    team.eventually(() -> assertThat(inAzure(team).isolationScope()).isEqualTo("Regional"));
    assertThat(inAzure(team).tags()).containsEntry("owner", "ops").doesNotContainKey("team");

    team.applyIdentity("orders", "{azure: {tags: {owner: ops}}}");
    team.eventually(() -> assertThat(inAzure(team).isolationScope()).isEqualTo("None"));
    assertThat(team.awaitReadyIdentity("orders").clientId()).isEqualTo(first.clientId());
  }

  @Test
  void aBindingThatMovesToAnotherIdentityLeavesNothingBehind(Team team) {
    team.applyIdentity("orders", "{}");
    team.applyIdentity("payments", "{}");
    team.applyBinding("api", "orders");
    team.awaitReadyBinding("api");

    team.applyBinding("api", "payments");
    team.eventually(
        () -> {
          assertThat(team.subjects(team.identity("payments"))).hasSize(1);
          assertThat(team.subjects(team.identity("orders"))).isEmpty();
        });

    assertThat(team.awaitReadyBinding("api").clientId())
        .isEqualTo(team.identity("payments").clientId());
  }

  @Test
  void anAudienceOfItsOwnIsWrittenAndFollowsTheSpec(Team team) {
    team.applyIdentity("orders", "{}");
    team.applyAccount("api");
    var spec =
        "{identityRef: {name: orders}, audience: %s, subject: {serviceAccount: {name: api}}}";
    team.applyBindingSpec("api", spec.formatted(RunningOperator.FURTHER_AUDIENCE));
    team.awaitReadyBinding("api");

    team.applyBindingSpec("api", spec.formatted(TokenEndpoint.AUDIENCE));
    team.awaitReadyBinding("api");

    assertThat(team.binding("api").federatedCredentials())
        .singleElement()
        .satisfies(
            credential -> assertThat(credential.audience()).isEqualTo(TokenEndpoint.AUDIENCE));
    assertThat(team.azure().control().snapshot().credentials())
        .filteredOn(credential -> credential.subject().contains(team.name()))
        .singleElement()
        .satisfies(
            credential -> assertThat(credential.audience()).isEqualTo(TokenEndpoint.AUDIENCE));
  }

  @Test
  void anEditThatLandsWhileTheOperatorWritesIsNeverLost(Team team) {
    var identities = team.kubectl().resources(ManagedIdentity.class).inNamespace(team.name());
    for (var i = 0; i < 20; i++) {
      team.applyIdentity("orders-" + i, "{azure: {tags: {round: first}}}");
    }
    for (var i = 0; i < 20; i++) {
      identities
          .withName("orders-" + i)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"spec\":{\"azure\":{\"tags\":{\"round\":\"second\"}}}}");
    }

    for (var i = 0; i < 20; i++) {
      team.awaitReadyIdentity("orders-" + i);
    }
    assertThat(team.azure().control().snapshot().identities())
        .filteredOn(identity -> identity.name().contains(team.name()))
        .hasSize(20)
        .allSatisfy(identity -> assertThat(identity.tags()).containsEntry("round", "second"));
  }

  @Test
  void aChosenNameCostsOneReadMore(Team team) {
    team.applyIdentity("orders", "{azure: {name: chosen-$NAMESPACE}}");

    var identity = team.awaitReadyIdentity("orders");

    assertThat(identity.resourceId()).endsWith("/chosen-" + team.name());
    assertThat(team.operations())
        .containsExactly("userAssignedIdentities/read", "userAssignedIdentities/write");
  }

  @Test
  void anIdentityOfSomebodyElseIsNeitherTakenNorDeleted(Team team) {
    team.applyIdentity("first", "{azure: {name: chosen-$NAMESPACE}}");
    var first = team.awaitReadyIdentity("first");

    team.applyIdentity("second", "{azure: {name: chosen-$NAMESPACE}}");
    assertThat(team.awaitIdentity("second", "False", "OwnedByAnother"))
        .contains("ManagedIdentity " + team.name() + "/first");

    team.deleteIdentity("second");
    team.awaitNoIdentity("second");
    assertThat(team.azureIdentities()).containsExactly("chosen-" + team.name());
    assertThat(inAzure(team).clientId()).isEqualTo(first.clientId());
  }

  @Test
  void anIdentityWithoutOwnersTagsIsNeitherTakenNorDeleted(Team team) {
    team.applyIdentity("first", "{deletionPolicy: Retain, azure: {name: chosen-$NAMESPACE}}");
    team.awaitReadyIdentity("first");
    team.deleteIdentity("first");
    team.awaitNoIdentity("first");
    team.azure().control().outOfBand().setTags(inAzure(team).scope(), Map.of("made", "by hand"));

    team.applyIdentity("second", "{azure: {name: chosen-$NAMESPACE}}");

    assertThat(team.awaitIdentity("second", "False", "OwnedByAnother")).contains("no owner's tags");
    team.deleteIdentity("second");
    team.awaitNoIdentity("second");
    assertThat(inAzure(team).tags()).isEqualTo(Map.of("made", "by hand"));
  }

  private static Identity inAzure(Team team) {
    return team.azure().control().snapshot().identities().stream()
        .filter(identity -> identity.name().contains(team.name()))
        .findFirst()
        .orElseThrow();
  }
}
