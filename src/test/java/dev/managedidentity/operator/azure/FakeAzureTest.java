package dev.managedidentity.operator.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.plan.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What tests rely on when they let time pass in the fake, or somebody else change it. */
class FakeAzureTest {
  private static final IdentityId ORDERS = new IdentityId("s", "g", "orders");
  private static final String MACHINE =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm1";
  private static final AzureResource PLAIN = new AzureResource(MACHINE, null, null, Set.of());
  private static final IdentityChange ASSIGN = new IdentityChange.Assign(ORDERS);

  private final FakeAzure azure = new FakeAzure();

  @Test
  void aSlowChangeIsSeenWhenItsOperationIsFinished() {
    azure.withResource(PLAIN).slow(1);
    var running = (Progress.Running) value(azure.changeResource(MACHINE, ASSIGN));
    assertThat(value(azure.findResource(MACHINE))).contains(PLAIN);

    assertThat(value(azure.followOperation(running.operation(), MACHINE))).isEqualTo(running);

    assertThat(value(azure.followOperation(running.operation(), MACHINE)))
        .isInstanceOfSatisfying(
            Progress.Finished.class,
            finished -> assertThat(finished.resource().has(ORDERS)).isTrue());
  }

  @Test
  void anOperationThatNobodyKnowsIsJudgedByItsResource() {
    azure.withResource(PLAIN);
    assertThat(value(azure.followOperation("long ago", MACHINE)))
        .isEqualTo(new Progress.Finished(PLAIN));

    azure.removeResource(MACHINE);
    assertThat(azure.followOperation("long ago", MACHINE))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed ->
                assertThat(failed.problem().reason()).isEqualTo(Reason.AZURE_RESOURCE_NOT_FOUND));
  }

  @Test
  void anIdentityMadeAnewHasOtherIdsAndNoCredentials() {
    azure
        .withIdentity(ORDERS, Map.of("team", "shop"))
        .withCredential(new FederatedCredential(ORDERS, "c", "i", "s", "a"));
    var before = azure.identities().getFirst();

    azure.replaceIdentity(ORDERS);

    assertThat(azure.credentials()).isEmpty();
    assertThat(azure.identities())
        .singleElement()
        .satisfies(
            after -> {
              assertThat(after.tags()).isEqualTo(before.tags());
              assertThat(after.clientId()).isNotEqualTo(before.clientId());
              assertThat(after.principalId()).isNotEqualTo(before.principalId());
            });
  }

  @Test
  void changesByOtherHandsAreNoCalls() {
    azure.withIdentity(ORDERS, Map.of("team", "shop"));
    var before = azure.identities().getFirst();

    azure.setTags(ORDERS, Map.of());
    azure.setRegional(ORDERS, true);

    assertThat(value(azure.findIdentity(ORDERS)))
        .isEqualTo(
            Optional.of(
                new AzureIdentity(
                    ORDERS,
                    before.clientId(),
                    before.principalId(),
                    before.tenantId(),
                    before.location(),
                    true,
                    Map.of())));
    azure.removeIdentity(ORDERS);
    assertThat(azure.identities()).isEmpty();
    assertThat(azure.takeCalls()).containsExactly("FindIdentity orders");
  }

  @Test
  void aScopeHoldsWhatIsBelowItAndNotWhatSoundsLikeIt() {
    azure.withResource(PLAIN).withIdentity(ORDERS, Map.of());

    assertThat(value(azure.listResources("/SUBSCRIPTIONS/s", "microsoft.compute/virtualmachines")))
        .containsExactly(PLAIN);
    assertThat(value(azure.listResources("/subscriptions/s", "Microsoft.Web/sites"))).isEmpty();
    assertThat(value(azure.listIdentities("/subscriptions/s/resourceGroups/g"))).hasSize(1);
    assertThat(value(azure.listIdentities("/subscriptions/s/resourceGroups/gg"))).isEmpty();
    assertThat(value(azure.listIdentities("/subscriptions/s/resourceGroups"))).hasSize(1);
  }

  private static <T extends @Nullable Object> T value(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Done.class);
    return ((Answer.Done<T>) answer).value();
  }
}
