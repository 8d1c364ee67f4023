package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.behaviour.LockLevel;
import dev.managedidentity.dev.emulator.control.EmulatorControl;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import dev.managedidentity.operator.plan.Reason;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which Azure says no has a reason, a next step, and an end once the cause is gone.
 */
@UsesControlPlane
@UsesOperator
class FailureTableIT {
  private static final String OPERATOR = "Managed Identity Contributor";

  /** A place in Azure that one test has for itself. */
  private record Ground(Team team) {
    Scope group() {
      return Scope.group(team.azure().subscriptionId(), team.name());
    }

    EmulatorControl control() {
      return team.azure().control();
    }

    void addGroup() {
      control()
          .outOfBand()
          .addResourceGroup(team.azure().subscriptionId(), team.name(), "westeurope");
    }

    void allow() {
      var operator =
          control().outOfBand().principals().stream()
              .filter(principal -> principal.clientId().equals(team.azure().clientId()))
              .findFirst()
              .orElseThrow();
      control().outOfBand().grant(operator.objectId(), OPERATOR, group());
    }
  }

  /**
   * One row.
   *
   * @param spec of the identity that meets it
   * @param says what the message names
   */
  record Row(
      String name,
      String spec,
      Consumer<Ground> cause,
      Reason reason,
      String says,
      Consumer<Ground> remedy) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String IN_GROUP = "{azure: {resourceGroup: $NAMESPACE}}";
  private static final String GRANT =
      "{roleAssignments: [{role: Reader, scope:"
          + " /subscriptions/$SUBSCRIPTION/resourceGroups/$NAMESPACE}]}";

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "denied",
            IN_GROUP,
            Ground::addGroup,
            Reason.AUTHORIZATION_FAILED,
            "Microsoft.ManagedIdentity/userAssignedIdentities/write",
            Ground::allow),
        new Row(
            "no resource group",
            IN_GROUP,
            Ground::allow,
            Reason.RESOURCE_GROUP_NOT_FOUND,
            "t-",
            Ground::addGroup),
        new Row(
            "locked scope",
            IN_GROUP,
            ground -> {
              ground.addGroup();
              ground.allow();
              ground.control().lock(ground.group(), LockLevel.READ_ONLY);
            },
            Reason.LOCKED,
            "lock",
            ground -> ground.control().unlock(ground.group())),
        new Row(
            "scope of a grant that is locked",
            GRANT,
            ground -> {
              ground.addGroup();
              ground.control().lock(ground.group(), LockLevel.READ_ONLY);
            },
            Reason.LOCKED,
            "lock",
            ground -> ground.control().unlock(ground.group())),
        new Row(
            "scope of a grant that does not exist",
            GRANT,
            _ -> {},
            Reason.SCOPE_NOT_FOUND,
            "t-",
            Ground::addGroup));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aFailureHasAReasonANextStepAndAnEnd(Row row, Team team) {
    var ground = new Ground(team);
    row.cause().accept(ground);

    team.applyIdentity("orders", row.spec());

    assertThat(team.awaitIdentity("orders", "False", row.reason().word()))
        .contains(row.says())
        .contains(row.reason().advice());
    row.remedy().accept(ground);
    team.annotate("orders", "try", "again");
    team.awaitReadyIdentity("orders");
  }
}
