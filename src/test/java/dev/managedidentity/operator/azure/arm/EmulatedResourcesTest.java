package dev.managedidentity.operator.azure.arm;

import static dev.managedidentity.operator.azure.arm.EmulatedAzure.problem;
import static dev.managedidentity.operator.azure.arm.EmulatedAzure.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.behaviour.LockLevel;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityChange;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Progress;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists and the identities of resources, through the real SDK and TLS. */
class EmulatedResourcesTest {
  @RegisterExtension static final EmulatedAzure AZURE = new EmulatedAzure();

  private static final ArmGateway GATEWAY = AZURE.gateway();
  private static final IdentityId ORDERS = AZURE.identity("platform", "orders");
  private static final IdentityId OTHER = AZURE.identity("platform", "other");
  private static final String GROUP = AZURE.subscription() + "/resourceGroups/platform";
  private static final String COMPUTE = "Microsoft.Compute/virtualMachines";
  private static final String MACHINE = GROUP + "/providers/" + COMPUTE + "/vm1";

  @Test
  void identitiesOfASubscriptionAndOfAGroupAreListedAsTheyAreRead() {
    var orders = given(ORDERS);
    AZURE.control().outOfBand().setIsolationScope(new Scope(ORDERS.toString()), "Regional");

    var listed = value(GATEWAY.listIdentities(AZURE.subscription()));

    assertThat(listed)
        .filteredOn(identity -> identity.id().isSame(ORDERS))
        .singleElement()
        .satisfies(
            identity -> {
              assertThat(identity.isRegional()).isTrue();
              assertThat(identity.clientId()).isEqualTo(orders.clientId());
              assertThat(identity.tags()).isEqualTo(orders.tags());
            });
    assertThat(value(GATEWAY.listIdentities(GROUP))).hasSameSizeAs(listed);
    assertThat(value(GATEWAY.listIdentities(AZURE.subscription() + "/resourceGroups/nowhere")))
        .isEmpty();
  }

  @Test
  void credentialsAreListed() {
    given(ORDERS);
    var credential = new FederatedCredential(ORDERS, "api-1", "https://issuer.example", "s", "a");
    value(GATEWAY.writeCredential(credential));

    assertThat(value(GATEWAY.listCredentials(ORDERS))).containsExactly(credential);
    assertThat(value(GATEWAY.listCredentials(OTHER))).isEmpty();
  }

  @Test
  void roleAssignmentsAreListedWithConditionAndDescription() {
    var identity = given(ORDERS);
    var role = value(GATEWAY.findRole(AZURE.subscription(), "Storage Blob Data Reader"));
    var wanted =
        new RoleAssignment(
            AZURE.subscription(),
            UUID.randomUUID().toString(),
            role,
            identity.principalId(),
            "@Resource[a:b] StringEquals 'c'",
            "why");
    value(GATEWAY.writeRoleAssignment(wanted));

    assertThat(value(GATEWAY.listRoleAssignments(AZURE.subscription())))
        .filteredOn(one -> one.name().equals(wanted.name()))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.scope()).isEqualToIgnoringCase(wanted.scope());
              assertThat(one.principalId()).isEqualTo(wanted.principalId());
              assertThat(one.roleDefinitionId()).isEqualToIgnoringCase(role);
              assertThat(one.condition()).isEqualTo(wanted.condition());
              assertThat(one.description()).isEqualTo(wanted.description());
            });
  }

  @Test
  void anAssignmentAtAScopeThatCannotExistIsDeleted() {
    var id = RoleAssignment.id("/subscriptions/shop", UUID.randomUUID().toString());

    value(GATEWAY.deleteRoleAssignment(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        COMPUTE,
        "Microsoft.Compute/virtualMachineScaleSets",
        "Microsoft.Web/sites",
        "Microsoft.Logic/workflows",
        "Microsoft.App/containerApps",
        "Microsoft.ContainerInstance/containerGroups"
      })
  void anIdentityIsAssignedToAResourceOfAnyTypeAndTakenAway(String type) {
    var id = GROUP + "/providers/" + type + "/shop";
    AZURE.control().outOfBand().resources().add(new Scope(id), "westeurope");
    given(ORDERS);
    given(OTHER);
    change(id, new IdentityChange.Enable());
    change(id, new IdentityChange.Assign(OTHER));

    var assigned = change(id, new IdentityChange.Assign(ORDERS));

    assertThat(assigned.has(ORDERS)).isTrue();
    assertThat(assigned.has(OTHER)).isTrue();
    assertThat(assigned.isSystemAssigned()).isTrue();
    assertThat(value(GATEWAY.findResource(id))).contains(assigned);
    assertThat(value(GATEWAY.listResources(AZURE.subscription(), type)))
        .singleElement()
        .satisfies(listed -> assertThat(listed.userAssigned()).isEqualTo(assigned.userAssigned()));
    assertThat(change(id, new IdentityChange.Unassign(ORDERS)).has(ORDERS)).isFalse();
    assertThat(change(id, new IdentityChange.Disable()).isSystemAssigned()).isFalse();
    assertThat(change(id, new IdentityChange.Unassign(OTHER)).userAssigned()).isEmpty();
  }

  @Test
  void aLongChangeIsFollowedToItsEnd() {
    machine();
    given(ORDERS);
    AZURE.control().setLongRunning(COMPUTE, 2);

    var progress = value(GATEWAY.changeResource(MACHINE, assign()));
    var questions = 0;
    while (progress instanceof Progress.Running(var operation) && questions < 10) {
      questions++;
      progress = value(GATEWAY.followOperation(operation, MACHINE));
    }

    assertThat(questions).isBetween(2, 3);
    assertThat(progress)
        .isInstanceOfSatisfying(
            Progress.Finished.class,
            finished -> assertThat(finished.resource().has(ORDERS)).isTrue());
  }

  @Test
  void aLongChangeThatFailsSaysWhy() {
    machine();
    given(ORDERS);
    AZURE.control().setLongRunningFailure(COMPUTE, 0, "InternalServerError", "Something broke.");
    var begun = (Progress.Running) value(GATEWAY.changeResource(MACHINE, assign()));

    assertThat(problem(GATEWAY.followOperation(begun.operation(), MACHINE)))
        .isEqualTo(new Problem.Unreachable("InternalServerError: Something broke."));
  }

  @Test
  void aSecondChangeOfABusyResourceIsContended() {
    machine();
    given(ORDERS);
    AZURE.control().setLongRunning(COMPUTE, 5);
    value(GATEWAY.changeResource(MACHINE, assign()));

    assertThat(problem(GATEWAY.changeResource(MACHINE, assign())))
        .isInstanceOf(Problem.Contended.class);
  }

  @Test
  void aChangeThatMeetsAnotherIsContendedAndTheOtherStays() {
    machine();
    given(ORDERS);
    given(OTHER);
    AZURE
        .control()
        .beforeNext(
            "virtualMachines/write",
            "vm1",
            edit ->
                edit.resources().assignIdentity(new Scope(MACHINE), new Scope(OTHER.toString())));

    assertThat(problem(GATEWAY.changeResource(MACHINE, assign())))
        .isInstanceOf(Problem.Contended.class);

    var changed = change(MACHINE, assign());
    assertThat(changed.has(ORDERS)).isTrue();
    assertThat(changed.has(OTHER)).isTrue();
  }

  @Test
  void anIdentityThatTheResourceDoesNotSeeIsWaitedFor() {
    machine();

    assertThat(problem(GATEWAY.changeResource(MACHINE, assign())))
        .isInstanceOf(Problem.Waiting.class)
        .returns(Reason.PRINCIPAL_NOT_VISIBLE, Problem::reason);
  }

  @Test
  void aLockIsInTheWay() {
    machine();
    given(ORDERS);
    AZURE.control().lock(new Scope(MACHINE), LockLevel.READ_ONLY);

    assertThat(problem(GATEWAY.changeResource(MACHINE, assign())).reason())
        .isEqualTo(Reason.LOCKED);
  }

  @Test
  void aResourceThatIsNotThereIsFoundMissing() {
    assertThat(value(GATEWAY.findResource(MACHINE))).isEmpty();
    assertThat(problem(GATEWAY.changeResource(MACHINE, assign())).reason())
        .isEqualTo(Reason.AZURE_RESOURCE_NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Microsoft.Unheard/things", "Microsoft.Compute/unheard"})
  void aTypeThatAzureDoesNotKnowIsRejected(String type) {
    assertThat(problem(GATEWAY.findResource(GROUP + "/providers/" + type + "/a")).reason())
        .isEqualTo(Reason.IDENTITY_NOT_SUPPORTED);
  }

  @Test
  void aSubscriptionOfAnotherTenantIsNamedWithBoth() {
    var tenant = "99999999-0000-0000-0000-000000000009";
    AZURE.control().outOfBand().transferSubscription(ORDERS.subscriptionId(), tenant);

    var problem = problem(GATEWAY.findIdentity(ORDERS));

    assertThat(problem.reason()).isEqualTo(Reason.SIGN_IN_FAILED);
    assertThat(problem.detail())
        .contains("the subscription belongs to tenant " + tenant)
        .contains("the operator signed in to tenant " + AZURE.tenant());
  }

  private static IdentityChange assign() {
    return new IdentityChange.Assign(ORDERS);
  }

  private static void machine() {
    AZURE.control().outOfBand().resources().add(new Scope(MACHINE), "westeurope");
  }

  private static AzureResource change(String id, IdentityChange change) {
    var progress = value(GATEWAY.changeResource(id, change));
    assertThat(progress).isInstanceOf(Progress.Finished.class);
    return ((Progress.Finished) progress).resource();
  }

  private static AzureIdentity given(IdentityId id) {
    return value(
        GATEWAY.writeIdentity(
            new IdentityDefinition(id, "westeurope", false, Map.of("team", "shop"))));
  }
}
