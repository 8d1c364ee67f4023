package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import dev.managedidentity.operator.azure.FederatedCredential;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cluster's next issuer is announced, but the identity has no room for it. */
@UsesControlPlane
@UsesOperator(FullRotationIT.Announced.class)
class FullRotationIT {
  static final class Announced extends IssuerSetup {
    @Override
    TrustOptions trust() {
      return TrustOptions.STANDARD.discovering(List.of(issuer("new")), Duration.ofHours(24));
    }
  }

  private final Team team;

  FullRotationIT(Team team) {
    this.team = team;
  }

  @Test
  void aBindingIsReadyAndSaysThatItsCredentialWillBeReplacedInPlace() {
    var setup = (Announced) team.operator().setup();
    team.applyIdentity("orders", "{}");
    leaveRoomForOne();
    team.applyBinding("api", "orders");
    assertThat(team.awaitBinding("api", "True", "Bound"))
        .contains("no room for credentials of issuer " + setup.issuer("new"));

    setup.restart(team.operator().rig().controlPlane(), "new", "old");

    team.eventually(
        () ->
            assertThat(team.binding("api").federatedCredentials())
                .extracting(FederatedCredentialStatus::issuer)
                .containsExactly(setup.issuer("new")));
    team.awaitReadyBinding("api");
    assertThat(team.events("api"))
        .anySatisfy(event -> assertThat(event.getNote()).contains("no room for a second"));
  }

  private void leaveRoomForOne() {
    var id = new Scope(requireNonNull(team.awaitReadyIdentity("orders").resourceId()));
    for (var number = 1; number < FederatedCredential.LIMIT; number++) {
      var name = "by-hand-" + number;
      team.azure()
          .control()
          .outOfBand()
          .putCredential(id, name, "https://ci.example.com", name, TokenEndpoint.AUDIENCE);
    }
  }
}
