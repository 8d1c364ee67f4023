package dev.managedidentity.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityChange;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.plan.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WatchedGatewayTest {
  private static final IdentityId ID = new IdentityId("Sub", "Group", "Orders");
  private static final FederatedCredential CREDENTIAL =
      new FederatedCredential(ID, "One", "https://issuer", "subject", "audience");
  private static final RoleAssignment ASSIGNMENT =
      new RoleAssignment("/subscriptions/Sub", "Guid", "/role", "principal", null, null);
  private static final String MACHINE = "/subscriptions/Sub/machines/VM1";

  private final Time time = new Time();
  private final Inventory inventory =
      new Inventory(time, Inventory.SETTLING, Duration.ofMinutes(1));
  private final FakeAzure azure =
      new FakeAzure()
          .withIdentity(ID, Map.of())
          .withResource(new AzureResource(MACHINE, null, null, Set.of()));
  private final AzureGateway watched = new WatchedGateway(azure, inventory);

  record Write(
      String name,
      String key,
      Function<Inventory, Sightings<?>> sightings,
      Function<AzureGateway, Answer<?>> call) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Every write but those of an Azure resource's identities, which follow rules of their own. */
  static List<Write> writes() {
    var credential = CREDENTIAL.id().toLowerCase(Locale.ROOT);
    var assignment = ASSIGNMENT.grant();
    var definition = new IdentityDefinition(ID, "westeurope", false, Map.of());
    return List.of(
        new Write(
            "identity", ID.key(), Inventory::identities, azure -> azure.writeIdentity(definition)),
        new Write(
            "deletion of an identity",
            ID.key(),
            Inventory::identities,
            azure -> azure.deleteIdentity(ID)),
        new Write(
            "deletion of an identity with its credentials",
            credential,
            Inventory::credentials,
            azure -> azure.deleteIdentity(ID)),
        new Write(
            "credential",
            credential,
            Inventory::credentials,
            azure -> azure.writeCredential(CREDENTIAL)),
        new Write(
            "deletion of a credential",
            credential,
            Inventory::credentials,
            azure -> azure.deleteCredential(ID, CREDENTIAL.name())),
        new Write(
            "role assignment",
            assignment,
            Inventory::roleAssignments,
            azure -> azure.writeRoleAssignment(ASSIGNMENT)));
  }

  @ParameterizedTest
  @MethodSource("writes")
  void whatWasSeenIsOverOnceItIsRepaired(Write write) {
    var sightings = write.sightings().apply(inventory);
    var list = sightings.begin();
    sightings.report(write.key(), list, new Sighting.Absent<>());

    assertThat(write.call().apply(watched)).isInstanceOf(Answer.Done.class);

    assertThat(sightings.find(write.key())).isEmpty();
    assertThat(sightings.report(write.key(), list, new Sighting.Absent<>())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("writes")
  void whatWasSeenStaysWhenTheRepairFailed(Write write) {
    var sightings = write.sightings().apply(inventory);
    var list = sightings.begin();
    sightings.report(write.key(), list, new Sighting.Absent<>());
    azure.failing(new Problem.Unreachable("Lost."));

    assertThat(write.call().apply(watched)).isInstanceOf(Answer.Failed.class);

    assertThat(sightings.find(write.key())).isPresent();
    sightings.forget(write.key());
    assertThat(sightings.report(write.key(), list, new Sighting.Absent<>())).isFalse();
  }

  @Test
  void whatTwoBindingsCountOnIsSeenByTheSecondAfterTheFirstRepairedItsPart() {
    var key = MACHINE.toLowerCase(Locale.ROOT);
    inventory.resources().report(key, inventory.resources().begin(), new Sighting.Absent<>());

    watched.changeResource(MACHINE, new IdentityChange.Assign(ID));

    assertThat(inventory.resources().find(key))
        .contains(new Sighting.Present<>(new AzureResource(MACHINE, null, null, Set.of(ID.key()))));
  }

  @Test
  void aChangeThatAzureIsStillAtWorkOnEndsNothing() {
    var key = MACHINE.toLowerCase(Locale.ROOT);
    var list = inventory.resources().begin();
    inventory.resources().report(key, list, new Sighting.Absent<>());

    new WatchedGateway(azure.slow(), inventory)
        .changeResource(MACHINE, new IdentityChange.Assign(ID));
    assertThat(inventory.resources().find(key)).contains(new Sighting.Absent<>());

    watched.followOperation("url", MACHINE);
    assertThat(inventory.resources().find(key))
        .hasValueSatisfying(seen -> assertThat(seen).isInstanceOf(Sighting.Present.class));
  }

  @Test
  void readsChangeNothing() {
    Stream.<Answer<?>>of(
            watched.findIdentity(ID),
            watched.findResource(MACHINE),
            watched.listIdentities("/subscriptions/Sub"),
            watched.listCredentials(ID),
            watched.listRoleAssignments("/subscriptions/sub"),
            watched.listResources("/subscriptions/sub", "machines"))
        .forEach(answer -> assertThat(answer).isInstanceOf(Answer.Done.class));

    assertThat(
            Stream.of(
                inventory.identities(),
                inventory.credentials(),
                inventory.roleAssignments(),
                inventory.resources()))
        .allSatisfy(sightings -> assertThat(sightings.size()).isZero());
  }
}
