package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.journal.RequestEntry;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator that may not get tokens of service accounts, because it was told not to. */
@UsesControlPlane
@UsesOperator(UnverifiedIT.Trusting.class)
class UnverifiedIT {
  /** {@code federation.verification.enabled: false}. */
  static final class Trusting implements Setup {
    @Override
    public Options prepare(Rig rig) {
      return Options.STANDARD.with(TrustOptions.STANDARD.withoutVerification());
    }
  }

  private final Team team;

  UnverifiedIT(Team team) {
    this.team = team;
  }

  @Test
  void nothingIsTriedAndThatIsSaid() {
    team.applyIdentity(
        "orders",
        "{roleAssignments: [{role: Reader, scope:"
            + " /subscriptions/$SUBSCRIPTION/resourceGroups/platform}]}");
    team.applyBinding("api", "orders");

    team.awaitReadyIdentity("orders");
    team.awaitReadyBinding("api");

    assertUnknown(team.binding("api").conditions(), "TokenExchangeVerified");
    assertUnknown(team.identity("orders").conditions(), "RolesEffective");
    assertThat(team.azure().control().requests())
        .extracting(RequestEntry::operation)
        .doesNotContain("token/clientAssertion");
  }

  private static void assertUnknown(List<Condition> conditions, String type) {
    assertThat(conditions)
        .filteredOn(condition -> condition.type().equals(type))
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.status()).isEqualTo("Unknown");
              assertThat(condition.reason()).isEqualTo("VerificationDisabled");
            });
  }
}
