package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import org.junit.jupiter.api.Test;

/** What the platform team's rules refuse is refused before Azure is asked anything. */
@UsesControlPlane
@UsesOperator
class GuardrailIT {
  private static final String GROUP = "/subscriptions/$SUBSCRIPTION/resourceGroups/platform";
  private static final String READER = "{roleAssignments: [{role: Reader, scope: " + GROUP + "}]}";

  private final Team team;

  GuardrailIT(Team team) {
    this.team = team;
  }

  @Test
  void withoutARuleANamespaceHasIdentitiesInTheDefaultGroupAndNoMore() {
    team.label("none");

    team.applyIdentity("orders", "{}");
    team.awaitReadyIdentity("orders");
    team.applyIdentity("elsewhere", "{azure: {resourceGroup: elsewhere}}");
    team.applyIdentity(
        "taken", "{managementPolicy: Adopt, azure: {resourceGroup: elsewhere, name: by-hand}}");
    team.applyIdentity(
        "machine", "{type: SystemAssigned, owner: {azureResource: {id: %s}}}".formatted(machine()));
    team.applyBindingSpec(
        "machine",
        "{identityRef: {name: orders}, subject: {azureResource: {id: %s}}}".formatted(machine()));

    assertThat(team.awaitIdentity("elsewhere", "False", "Guardrail"))
        .contains("resource group elsewhere")
        .contains("No guardrail rule selects the namespace")
        .contains("guardrails.rules");
    assertThat(team.awaitIdentity("taken", "False", "Guardrail")).contains("by-hand");
    assertThat(team.awaitIdentity("machine", "False", "Guardrail")).contains(team.name());
    assertThat(team.awaitBinding("machine", "False", "Guardrail")).contains("no Azure resource");
    assertThat(team.operations()).containsExactly("userAssignedIdentities/write");
  }

  @Test
  void withoutARuleNoRoleIsGrantedAndTheIdentityIsThere() {
    team.label("none");

    team.applyIdentity("orders", READER);

    assertThat(team.awaitIdentity("orders", "False", "Guardrail"))
        .contains("Role Reader")
        .contains("the default allows no role");
    assertThat(team.identity("orders").clientId()).isNotNull();
    assertThat(team.grants(team.identity("orders"))).isEmpty();
    assertThat(team.operations()).containsExactly("userAssignedIdentities/write");
  }

  @Test
  void aRefusalNamesTheRuleAndWhatItAllows() {
    team.label("shop");

    team.applyIdentity("orders", "{azure: {name: orders-$NAMESPACE}}");
    team.applyIdentity("shop", "{azure: {name: shop-$NAMESPACE}}");

    assertThat(team.awaitIdentity("orders", "False", "Guardrail"))
        .contains("Rule shop allows identities named shop-*");
    team.awaitReadyIdentity("shop");
    assertThat(team.requests())
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.path()).contains("/shop-"));
  }

  @Test
  void anExistingIdentityIsTakenOverOnlyWhereARuleAllowsIt() {
    team.applyIdentity("first", "{deletionPolicy: Retain, azure: {name: shop-$NAMESPACE}}");
    var first = team.awaitReadyIdentity("first");
    team.deleteIdentity("first");
    team.awaitNoIdentity("first");
    team.label("shop");

    team.applyIdentity("second", "{managementPolicy: Adopt, azure: {name: shop-$NAMESPACE}}");

    assertThat(team.awaitIdentity("second", "False", "Guardrail"))
        .contains("Taking over")
        .contains("Rule shop allows no identity to be taken over");
    team.label(null);
    assertThat(team.awaitReadyIdentity("second").clientId()).isEqualTo(first.clientId());
  }

  @Test
  void aPrivilegedRoleIsRefusedEvenWhereEveryRoleIsAllowed() {
    team.applyIdentity("orders", "{roleAssignments: [{role: Owner, scope: " + GROUP + "}]}");

    assertThat(team.awaitIdentity("orders", "False", "Guardrail"))
        .contains("Owner is privileged")
        .contains("Rule open");
    assertThat(team.grants(team.identity("orders"))).isEmpty();
  }

  @Test
  void anotherLabelOfTheNamespaceIsAnotherAnswer() {
    team.label("none");
    team.applyIdentity(
        "orders", "{azure: {resourceGroup: PLATFORM}, %s".formatted(READER.substring(1)));
    team.awaitIdentity("orders", "False", "Guardrail");
    var generation = generation();

    team.label(null);

    team.awaitReadyIdentity("orders");
    assertThat(team.grants(team.identity("orders"))).hasSize(1);
    assertThat(generation()).isEqualTo(generation);
  }

  @Test
  void aRoleThatIsNoLongerAllowedIsSaidAndStays() {
    team.applyIdentity("orders", READER);
    var identity = team.awaitReadyIdentity("orders");
    var before = team.operations().size();

    team.label("none");

    assertThat(team.awaitIdentity("orders", "False", "Guardrail")).contains("Role Reader");
    assertThat(team.grants(identity)).hasSize(1);
    assertThat(team.identity("orders").roleAssignments())
        .extracting(RoleAssignmentStatus::state)
        .containsExactly(State.ASSIGNED);
    assertThat(team.operations()).hasSize(before);

    team.label(null);
    team.awaitReadyIdentity("orders");
    assertThat(team.operations()).hasSize(before);
  }

  private String machine() {
    return "/subscriptions/$SUBSCRIPTION/resourceGroups/%s/providers/Microsoft.Compute/virtualMachines/vm"
        .formatted(team.name());
  }

  private long generation() {
    return team.findIdentity("orders").orElseThrow().getMetadata().getGeneration();
  }
}
