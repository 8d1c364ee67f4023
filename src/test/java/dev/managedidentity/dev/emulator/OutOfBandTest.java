package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.managedidentity.dev.emulator.behaviour.LockLevel;
import dev.managedidentity.dev.emulator.control.OutOfBand;
import dev.managedidentity.dev.emulator.model.AzureResource;
import dev.managedidentity.dev.emulator.model.Principal;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes by somebody else's hand, as a client of Resource Manager finds them. */
class OutOfBandTest {
  private static final String VERSION = "?api-version=2024-11-30";

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private ArmResource machine =
      new ArmResource(EMULATOR, "Microsoft.Compute/virtualMachines", "2024-11-01");
  private Scope machineId = Scope.ROOT;
  private Scope orders = Scope.ROOT;

  @BeforeEach
  void createAMachineAndAnIdentity() {
    machine = new ArmResource(EMULATOR, "Microsoft.Compute/virtualMachines", "2024-11-01");
    machineId = new Scope(machine.id());
    client().putIdentity("orders");
    orders = new Scope(client().identity("orders"));
    world().resources().add(machineId, "westeurope");
  }

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private static OutOfBand world() {
    return EMULATOR.control().outOfBand();
  }

  @Test
  void recreatesAnIdentityUnderOtherIdsAndWithoutCredentials() {
    client().putCredential("orders", "cluster", "https://i", "s");
    var before = client().call("GET", orders + VERSION, "").json().path("properties");

    world().recreateIdentity(orders, Map.of("by", "hand"));

    var after = client().call("GET", orders + VERSION, "").json();
    assertThat(after.path("tags").path("by").asText()).isEqualTo("hand");
    assertThat(after.path("properties").path("principalId"))
        .isNotEqualTo(before.path("principalId"));
    assertThat(after.path("properties").path("clientId")).isNotEqualTo(before.path("clientId"));
    assertThat(EMULATOR.control().snapshot().credentials()).isEmpty();
  }

  @Test
  void replacesTheConditionAndTheDescriptionOfARoleAssignment() {
    var grant = world().grant("somebody", "Reader", new Scope(client().group()));

    world().changeRoleAssignment(grant.name(), Optional.of("@Resource[x]"), Optional.of("mine"));

    var read =
        client().call("GET", grant.id() + "?api-version=2022-04-01", "").json().path("properties");
    assertThat(read.path("condition").asText()).isEqualTo("@Resource[x]");
    assertThat(read.path("conditionVersion").asText()).isEqualTo("2.0");
    assertThat(read.path("description").asText()).isEqualTo("mine");
  }

  @Test
  void assignsAndUnassignsIdentitiesOfAResource() {
    world().resources().assignIdentity(machineId, orders);
    world().resources().setSystemAssigned(machineId, true);
    assertThat(machine.get().json().path("identity").path("type").asText())
        .isEqualTo("SystemAssigned, UserAssigned");
    var snapshot = EMULATOR.control().snapshot().resources().getFirst();
    assertThat(snapshot.identity().has(orders)).isTrue();

    world().resources().unassignIdentity(machineId, orders);
    world().resources().setSystemAssigned(machineId, false);

    assertThat(machine.get().json().has("identity")).isFalse();
    assertThat(EMULATOR.control().snapshot().resources())
        .extracting(AzureResource::id)
        .containsExactly(machineId);
  }

  @Test
  void recreatesAResourceWithoutItsIdentities() {
    world().resources().setTags(machineId, Map.of("a", "b"));
    world().resources().setSystemAssigned(machineId, true);

    world().resources().recreate(machineId);

    assertThat(machine.get().json().has("identity")).isFalse();
    assertThat(machine.get().json().path("tags").path("a").asText()).isEqualTo("b");
    assertThat(world().resources().delete(machineId)).isTrue();
    assertThat(machine.get().errorCode()).isEqualTo("ResourceNotFound");
    assertThatThrownBy(() -> world().resources().recreate(machineId))
        .hasMessageContaining(machineId.path());
  }

  @Test
  void renewsTheIdentityOfAResource() {
    var old = world().resources().setSystemAssigned(machineId, true).identity().system();

    world().resources().renewSystemAssigned(machineId);

    var now = world().resources().get(machineId).identity().system();
    assertThat(now).isPresent().isNotEqualTo(old);
    assertThat(world().principals())
        .extracting(Principal::objectId)
        .contains(now.orElseThrow().principalId())
        .doesNotContain(old.orElseThrow().principalId());
  }

  @Test
  void movesResourcesToAnotherGroupWithTheirIdentity() {
    var other =
        world().addResourceGroup(EMULATOR.azure().subscriptionId(), "other", "eastus").scope();
    world().resources().setSystemAssigned(machineId, true);
    var own = machine.get().json().path("identity").path("principalId");

    world().resources().moveAll(new Scope(client().group()), other);

    assertThat(machine.get().status()).isEqualTo(404);
    var moved = other + "/providers/Microsoft.Compute/virtualMachines/shop?api-version=2024-11-01";
    assertThat(client().call("GET", moved, "").json().path("identity").path("principalId"))
        .isEqualTo(own);
  }

  @Test
  void locksAndGroupsHoldForResourcesOfAllTypes() {
    EMULATOR.control().lock(new Scope(client().group()), LockLevel.READ_ONLY);
    assertThat(machine.patchIdentity("SystemAssigned", "null").errorCode())
        .isEqualTo("ScopeLocked");
    EMULATOR.control().unlock(new Scope(client().group()));
    world().resources().setSystemAssigned(machineId, true);
    var principals = world().principals().size();

    world().deleteResourceGroup(new Scope(client().group()));

    assertThat(machine.patchIdentity("SystemAssigned", "null").errorCode())
        .isEqualTo("ResourceGroupNotFound");
    assertThat(world().principals()).hasSize(principals - 2);
    assertThat(EMULATOR.control().snapshot().resources()).isEmpty();
  }

  @Test
  void refusesTokensOfATenantThatTheSubscriptionHasLeft() {
    var other = "99999999-2222-3333-4444-555555555555";

    world().transferSubscription(EMULATOR.azure().subscriptionId(), other);

    var refused = client().call("GET", orders + VERSION, "");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.errorCode()).isEqualTo("InvalidAuthenticationTokenTenant");
    assertThat(refused.errorMessage())
        .startsWith(
            "The access token is from the wrong issuer 'https://sts.windows.net/"
                + EMULATOR.azure().tenantId()
                + "/'. It must match the tenant 'https://sts.windows.net/"
                + other
                + "/'");
    assertThat(refused.header("www-authenticate").orElse("")).contains(other);
  }
}
