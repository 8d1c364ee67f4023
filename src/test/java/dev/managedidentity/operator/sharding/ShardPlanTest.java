package dev.managedidentity.operator.sharding;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.FederationSpec.Overflow;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentitySpec;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ManagementPolicy;
import dev.managedidentity.operator.api.Ownership;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which shards are made, changed and deleted. */
class ShardPlanTest {
  private static final String ID =
      "/subscriptions/s-1/resourceGroups/platform/providers/Microsoft.ManagedIdentity"
          + "/userAssignedIdentities/id-orders";
  private static final Set<String> TWO = Set.of("orders", "orders-2");

  @Test
  void aShardIsMadeWhereABindingHasItsPlace() {
    var plan = ShardPlan.of(parent("{}"), List.of(), TWO);

    assertThat(plan.steps())
        .singleElement()
        .isEqualTo(new ShardPlan.Step.Apply("orders-2", shard("{}").getSpec()));
  }

  @Test
  void aShardIsInAzureWhatItsIdentityIs() {
    var azure =
        shard(
                "{azure: {tags: {team: shop}, name: orders-identity}, allowedNamespaces: {from:"
                    + " All}}")
            .getSpec();

    assertThat(azure.azure().name()).isEqualTo("id-orders-2");
    assertThat(azure.azure().subscriptionId()).isEqualTo("s-1");
    assertThat(azure.azure().resourceGroup()).isEqualTo("platform");
    assertThat(azure.azure().location()).isEqualTo("westeurope");
    assertThat(azure.azure().tags()).containsEntry("team", "shop");
    assertThat(azure.federation().overflow()).isEqualTo(Overflow.REFUSE);
    assertThat(azure.managementPolicy()).isEqualTo(ManagementPolicy.MANAGE);
  }

  @Test
  void nothingIsDoneAboutAShardAsItIsToBe() {
    assertThat(ShardPlan.of(parent("{}"), List.of(shard("{}")), TWO).steps()).isEmpty();
  }

  @Test
  void aShardFollowsItsIdentity() {
    var tagged = "{azure: {tags: {team: shop}}}";

    assertThat(ShardPlan.of(parent(tagged), List.of(shard("{}")), TWO).steps())
        .containsExactly(new ShardPlan.Step.Apply("orders-2", shard(tagged).getSpec()));
  }

  @Test
  void anEmptyShardIsDeleted() {
    var shard = shard("{}");

    assertThat(ShardPlan.of(parent("{}"), List.of(shard), Set.of("orders")).steps())
        .containsExactly(new ShardPlan.Step.Delete(shard));
  }

  @Test
  void aShardThatGoesIsLeftAlone() {
    var shard = shard("{}");
    shard.getMetadata().setDeletionTimestamp("2026-03-01T12:00:00Z");

    assertThat(ShardPlan.of(parent("{}"), List.of(shard), TWO).steps()).isEmpty();
    assertThat(ShardPlan.of(parent("{}"), List.of(shard), Set.of()).steps()).isEmpty();
  }

  @Test
  void nothingIsDoneBeforeTheIdentityExistsOrWhenItGoes() {
    var unborn = parent("{}");
    unborn.setStatus(null);
    var going = parent("{}");
    going.getMetadata().setDeletionTimestamp("2026-03-01T12:00:00Z");

    assertThat(ShardPlan.of(unborn, List.of(), TWO).steps()).isEmpty();
    assertThat(ShardPlan.of(going, List.of(shard("{}")), Set.of()).steps()).isEmpty();
  }

  @Test
  void namesThatAreNoPlacesOfTheIdentityAreNotMade() {
    var others = Set.of("orders-1", "orders-x", "orders-02", "orderly-2", "orders-");

    assertThat(ShardPlan.of(parent("{}"), List.of(), others).steps()).isEmpty();
  }

  @Test
  void shardsAreRetainedWithWhatIsRetained() {
    var adopted = parent("{managementPolicy: Adopt, azure: {name: id-orders}}");
    adopted.setStatus(ManagedIdentityStatus.EMPTY.withResource(ID, "x", Ownership.ADOPTED));

    assertThat(deletion(parent("{}"))).isEqualTo(DeletionPolicy.DELETE);
    assertThat(deletion(parent("{deletionPolicy: Retain}"))).isEqualTo(DeletionPolicy.RETAIN);
    assertThat(deletion(adopted)).isEqualTo(DeletionPolicy.RETAIN);
  }

  private static @Nullable DeletionPolicy deletion(ManagedIdentity parent) {
    return made(parent).deletionPolicy();
  }

  private static ManagedIdentity shard(String parent) {
    var shard = resource("orders-2", "{}");
    shard.setSpec(made(parent(parent)));
    return shard;
  }

  private static ManagedIdentitySpec made(ManagedIdentity parent) {
    return ((ShardPlan.Step.Apply) ShardPlan.of(parent, List.of(), TWO).steps().getFirst()).spec();
  }

  private static ManagedIdentity parent(String spec) {
    var parent = resource("orders", spec);
    parent.setStatus(ManagedIdentityStatus.EMPTY.withResource(ID, "westeurope", Ownership.CREATED));
    return parent;
  }

  private static ManagedIdentity resource(String name, String spec) {
    return requireNonNull(
        Serialization.unmarshal(
            """
            apiVersion: managedidentity.dev/v1alpha1
            kind: ManagedIdentity
            metadata: {namespace: shop, name: %s, uid: %s, generation: 1}
            spec: %s
            """
                .formatted(name, name, spec),
            ManagedIdentity.class));
  }
}
