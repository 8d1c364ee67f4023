package dev.managedidentity.operator.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.FaultRule;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes wrong for some is no reason for others to wait. */
@UsesControlPlane
@UsesOperator
class IsolationIT {
  private static final int FOR_EVER = 1_000_000;
  private static final String CREDENTIAL = "userAssignedIdentities/federatedIdentityCredentials/";

  private final Team team;

  IsolationIT(Team team) {
    this.team = team;
  }

  @Test
  void aSubscriptionThatIsThrottledDelaysNoOther() {
    var other = UUID.nameUUIDFromBytes(team.name().getBytes(UTF_8));
    var hand = team.azure().control().outOfBand();
    hand.addSubscription(other.toString(), "The other one");
    hand.addResourceGroup(other.toString(), team.name(), "northeurope");
    hand.grant(operator(), "Managed Identity Contributor", Scope.subscription(other.toString()));
    refuse("userAssignedIdentities/*", "/subscriptions/" + other, 429);
    for (var index = 0; index < 10; index++) {
      team.applyIdentity(
          "far-" + index,
          "{azure: {subscriptionId: %s, resourceGroup: $NAMESPACE, location: northeurope}}"
              .formatted(other));
    }
    team.awaitIdentity("far-9", "Unknown", "Throttled");

    for (var index = 0; index < 10; index++) {
      team.applyIdentity("near-" + index, "{}");
    }

    IntStream.range(0, 10).forEach(index -> team.awaitReadyIdentity("near-" + index));
    team.azure().control().clearFaults();
  }

  @Test
  void anIdentityWhoseCredentialsFailDelaysNoOther() {
    team.applyIdentity("broken", "{}");
    var broken = team.awaitReadyIdentity("broken");
    refuse(CREDENTIAL + "write", String.valueOf(broken.resourceId()), 500);
    IntStream.range(0, 10).forEach(index -> team.applyBinding("b" + index, "broken"));
    team.awaitBinding("b9", "Unknown", "Unreachable");
    team.applyIdentity("orders", "{}");

    team.applyBinding("api", "orders");

    team.awaitReadyBinding("api");
    team.azure().control().clearFaults();
    team.awaitReadyBinding("b9");
  }

  @Test
  void twentyCredentialsOfOneIdentityAreWrittenOneAfterAnother() {
    team.applyIdentity("orders", "{}");
    IntStream.range(0, 20).forEach(index -> team.applyBinding("b" + index, "orders"));

    IntStream.range(0, 20).forEach(index -> team.awaitReadyBinding("b" + index));

    assertThat(team.azure().control().overlaps()).isZero();
    assertThat(team.requests()).noneMatch(request -> request.status() == 409);
  }

  private void refuse(String operation, String path, int status) {
    var fault = new Fault.Fail(status, "Injected", "Injected by a test.", OptionalInt.of(30));
    team.azure().control().addFault(FaultRule.times(FOR_EVER, operation, fault).onPath(path));
  }

  private String operator() {
    return team.azure().control().outOfBand().principals().stream()
        .filter(principal -> principal.clientId().equals(team.azure().clientId()))
        .findFirst()
        .orElseThrow()
        .objectId();
  }
}
