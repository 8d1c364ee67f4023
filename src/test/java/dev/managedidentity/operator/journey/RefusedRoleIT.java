package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * By setting, a role that the guardrails refuse later is removed. {@link GuardrailIT} has what
 * happens without it.
 */
@UsesOperator(RefusedRoleIT.Removing.class)
class RefusedRoleIT {
  private static final String READER =
      "{roleAssignments: [{role: Reader, scope:"
          + " /subscriptions/$SUBSCRIPTION/resourceGroups/platform}]}";

  /** With {@code guardrails.removeRefusedRoles: true}. */
  static final class Removing implements Setup {
    @Override
    public Options prepare(Rig rig) {
      return Options.STANDARD.removingRefusedRoles();
    }
  }

  private final Team team;

  RefusedRoleIT(Team team) {
    this.team = team;
  }

  @Test
  void aRoleThatIsNoLongerAllowedIsRemovedAndGrantedAgainOnceItIs() {
    team.applyIdentity("orders", READER);
    var identity = team.awaitReadyIdentity("orders");
    assertThat(team.grants(identity)).hasSize(1);

    team.label("none");

    assertThat(team.awaitIdentity("orders", "False", "Guardrail")).contains("Role Reader");
    assertThat(team.grants(identity)).isEmpty();
    assertThat(states()).containsExactly(State.REFUSED);
    assertThat(team.identity("orders").clientId()).isEqualTo(identity.clientId());

    team.label(null);
    team.awaitReadyIdentity("orders");
    assertThat(team.grants(identity)).hasSize(1);
    assertThat(states()).containsExactly(State.ASSIGNED);
  }

  @Test
  void whatSomebodyElseGrantedStays() {
    team.applyIdentity("orders", "{}");
    var identity = team.awaitReadyIdentity("orders");
    var platform = Scope.group(team.azure().subscriptionId(), "platform");
    team.grantByHand(identity, "Reader", platform);
    team.applyIdentity("orders", READER);
    team.awaitReadyIdentity("orders");
    assertThat(states()).containsExactly(State.FOREIGN);

    team.label("none");

    assertThat(team.awaitIdentity("orders", "False", "Guardrail")).contains("Role Reader");
    assertThat(states()).containsExactly(State.REFUSED);
    assertThat(team.grants(identity)).containsExactly(platform.path());
    assertThat(team.operations()).doesNotContain("roleAssignments/delete");
  }

  /** The rule {@code shop} allows neither the identity's name nor the scope. */
  @Test
  void aRoleOfAnIdentityThatIsNoLongerAllowedEitherIsRemoved() {
    team.applyIdentity(
        "orders", "{roleAssignments: [{role: Reader, scope: /subscriptions/$SUBSCRIPTION}]}");
    var identity = team.awaitReadyIdentity("orders");
    assertThat(team.grants(identity)).hasSize(1);

    team.label("shop");

    assertThat(team.awaitIdentity("orders", "False", "Guardrail")).contains("named shop-*");
    assertThat(team.grants(identity)).isEmpty();
    assertThat(states()).containsExactly(State.REFUSED);
    assertThat(team.azureIdentities()).hasSize(1);
  }

  private List<State> states() {
    return team.identity("orders").roleAssignments().stream()
        .map(RoleAssignmentStatus::state)
        .toList();
  }
}
