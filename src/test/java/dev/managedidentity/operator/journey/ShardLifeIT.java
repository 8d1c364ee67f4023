package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shards come, follow and go with the identity that they extend. */
@UsesControlPlane
@UsesOperator
class ShardLifeIT {
  private static final String SHARDED = "federation: {overflow: Shard}";
  private static final String GRANT =
      "{role: Reader, scope: /subscriptions/$SUBSCRIPTION/resourceGroups/platform}";

  private final Team team;

  ShardLifeIT(Team team) {
    this.team = team;
  }

  @Test
  void shardsGoWithTheIdentityThatTheyExtend() {
    fullIdentity("{%s}".formatted(SHARDED));
    boundTo("orders-2");

    deleteAll();

    team.eventually(() -> assertThat(team.azureIdentities()).isEmpty());
  }

  @Test
  void whatIsRetainedIsRetainedWithItsShards() {
    fullIdentity("{deletionPolicy: Retain, %s}".formatted(SHARDED));
    boundTo("orders-2");

    deleteAll();

    assertThat(team.azureIdentities()).hasSize(2);
  }

  @Test
  void shardsHaveTheTagsAndRolesOfTheIdentityThatTheyExtend() {
    fullIdentity("{%s, azure: {tags: {team: shop}}}".formatted(SHARDED));
    boundTo("orders-2");

    team.applyIdentity(
        "orders",
        "{%s, azure: {tags: {team: mall}}, roleAssignments: [%s]}".formatted(SHARDED, GRANT));

    team.eventually(() -> assertThat(team.grants(team.awaitReadyIdentity("orders-2"))).hasSize(1));
    assertThat(team.azure().control().snapshot().identities())
        .filteredOn(identity -> identity.name().contains(team.name()))
        .hasSize(2)
        .allSatisfy(identity -> assertThat(identity.tags()).containsEntry("team", "mall"));
  }

  @Test
  void guardrailsOfTheNamespaceHoldForShards() {
    fullIdentity("{%s}".formatted(SHARDED));
    boundTo("orders-2");

    team.label("shop");
    team.annotate("orders-2", "looked-at", "now");

    assertThat(team.awaitIdentity("orders-2", "False", "Guardrail"))
        .contains("-2 in resource group");
  }

  @Test
  void aShardCannotBeNamedByABinding() {
    fullIdentity("{%s}".formatted(SHARDED));
    boundTo("orders-2");

    team.applyBinding("guest", "orders-2");

    assertThat(team.awaitBinding("guest", "False", "ShardNotBindable")).contains("shard of orders");
  }

  @Test
  void aNameThatIsSomebodyElsesIsPassedOver() {
    team.applyIdentity("orders-2", "{}");
    var other = team.awaitReadyIdentity("orders-2");
    fullIdentity("{%s}".formatted(SHARDED));

    boundTo("orders-3");

    assertThat(team.awaitReadyIdentity("orders-2").resourceId()).isEqualTo(other.resourceId());
    assertThat(team.subjects(other)).isEmpty();
  }

  @Test
  void credentialsOfOthersTakeUpRoomAndStay() {
    credentialsByHand(3, "{}");
    IntStream.range(0, 17).forEach(number -> team.applyBinding("api-" + number, "orders"));
    IntStream.range(0, 17).forEach(number -> team.awaitReadyBinding("api-" + number));

    team.applyBinding("late", "orders");

    assertThat(team.awaitBinding("late", "False", "CredentialQuotaExceeded")).contains("no room");
    assertThat(team.subjects(team.identity("orders"))).hasSize(20).contains("by-hand-0");
  }

  /** The identity, and as many credentials on it as Azure takes, none of them the operator's. */
  private void fullIdentity(String spec) {
    credentialsByHand(20, spec);
  }

  private void credentialsByHand(int count, String spec) {
    team.applyIdentity("orders", spec);
    var id = new Scope(requireNonNull(team.awaitReadyIdentity("orders").resourceId()));
    for (var number = 0; number < count; number++) {
      team.azure()
          .control()
          .outOfBand()
          .putCredential(
              id,
              "by-hand-" + number,
              "https://ci.example.com",
              "by-hand-" + number,
              "api://AzureADTokenExchange");
    }
  }

  private void boundTo(String shard) {
    team.applyBinding("api", "orders");
    assertThat(team.awaitReadyBinding("api").placement()).isEqualTo(shard);
  }

  private void deleteAll() {
    team.deleteIdentity("orders");
    team.awaitIdentity("orders", "Unknown", "InUse");
    team.deleteBinding("api");
    team.awaitNoBinding("api");
    team.awaitNoIdentity("orders");
    team.awaitNoIdentity("orders-2");
  }
}
