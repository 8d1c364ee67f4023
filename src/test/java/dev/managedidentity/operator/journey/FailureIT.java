package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.FaultRule;
import dev.managedidentity.dev.emulator.behaviour.LockLevel;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong is said in a condition, with what to do; what passes by itself is waited for. */
@UsesControlPlane
@UsesOperator
class FailureIT {
  @Test
  void aResourceGroupThatDoesNotExistIsNamed(Team team) {
    team.applyIdentity("before", "{}");
    team.awaitReadyIdentity("before");
    grantEverywhere(team);
    team.applyIdentity("orders", "{azure: {resourceGroup: nowhere}}");

    assertThat(team.awaitIdentity("orders", "False", "ResourceGroupNotFound")).contains("nowhere");

    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");
  }

  @Test
  void aDeniedCallNamesTheActionThatIsMissing(Team team) {
    team.azure()
        .control()
        .outOfBand()
        .addResourceGroup(team.azure().subscriptionId(), "vault-" + team.name(), "westeurope");
    team.applyIdentity("orders", "{azure: {resourceGroup: vault-$NAMESPACE}}");

    assertThat(team.awaitIdentity("orders", "False", "AuthorizationFailed"))
        .contains("Microsoft.ManagedIdentity/userAssignedIdentities/write")
        .contains("Grant it the action");

    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");
  }

  @Test
  void aRegionThatAzureDoesNotKnowIsNamed(Team team) {
    team.applyIdentity("orders", "{azure: {location: atlantis}}");

    assertThat(team.awaitIdentity("orders", "False", "InvalidRequest")).contains("atlantis");
  }

  @Test
  void aRegionWithoutFederatedCredentialsIsNamed(Team team) {
    team.applyIdentity("orders", "{azure: {location: qatarcentral}}");
    team.applyBinding("api", "orders");

    assertThat(team.awaitBinding("api", "False", "FederationNotSupported"))
        .contains("in qatarcentral")
        .contains("azure.location");
    team.awaitReadyIdentity("orders");
  }

  @Test
  void anAudienceOutsideOfTheFenceIsNamed(Team team) {
    team.applyIdentity("orders", "{}");
    team.applyAccount("api");
    team.applyBindingSpec(
        "api",
        "{identityRef: {name: orders}, audience: 'https://kubernetes.default.svc', subject:"
            + " {serviceAccount: {name: api}}}");

    assertThat(team.awaitBinding("api", "False", "KubernetesForbidden"))
        .contains("only for tokens with exactly one of these audiences");
  }

  @Test
  void aLockIsNamedAndTheDeletionWaitsForIt(Team team) {
    team.applyIdentity("orders", "{}");
    var identity = team.awaitReadyIdentity("orders");
    var scope = new Scope(String.valueOf(identity.resourceId()));
    team.azure().control().lock(scope, LockLevel.CAN_NOT_DELETE);

    team.deleteIdentity("orders");
    team.eventually(
        () ->
            assertThat(Team.ready(team.identity("orders").conditions()))
                .hasValueSatisfying(ready -> assertThat(ready.reason()).isEqualTo("Locked")));

    team.azure().control().unlock(scope);
    team.annotate("orders", "try", "again");
    team.awaitNoIdentity("orders");
    assertThat(team.azureIdentities()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void aPassingFailureIsTriedAgain(int status, Team team) {
    fail(team, "userAssignedIdentities/write", status);

    team.applyIdentity("orders", "{}");

    team.awaitReadyIdentity("orders");
    assertThat(team.requests())
        .extracting(request -> request.status())
        .startsWith(status)
        .endsWith(201);
  }

  @Test
  void aPassingFailureDoesNotTakeBackWhatWasProven(Team team) {
    team.applyIdentity("orders", "{}");
    var proven = team.awaitReadyIdentity("orders");
    team.azure()
        .control()
        .addFault(
            FaultRule.times(1_000, "userAssignedIdentities/write", failure(503))
                .onPath(team.name()));

    team.applyIdentity("orders", "{azure: {tags: {team: shop}}}");

    team.eventually(
        () ->
            assertThat(team.identity("orders").conditions())
                .anySatisfy(
                    condition -> {
                      assertThat(condition.type()).isEqualTo("Reconciling");
                      assertThat(condition.reason()).isEqualTo("Unreachable");
                    }));
    assertThat(Team.ready(team.identity("orders").conditions()))
        .hasValueSatisfying(
            ready -> {
              assertThat(ready.status()).isEqualTo("True");
              assertThat(ready.observedGeneration()).isEqualTo(1);
            });
    assertThat(team.identity("orders").clientId()).isEqualTo(proven.clientId());
    team.azure().control().clearFaults();
    team.awaitReadyIdentity("orders");
  }

  @Test
  void aReplyThatIsLostAfterTheEffectLeavesNothingTwice(Team team) {
    team.azure()
        .control()
        .addFault(
            FaultRule.once("userAssignedIdentities/write", new Fault.LoseReply())
                .onPath(team.name()));
    team.azure()
        .control()
        .addFault(
            FaultRule.once(
                    "userAssignedIdentities/federatedIdentityCredentials/write",
                    new Fault.LoseReply())
                .onPath(team.name()));

    team.applyIdentity("orders", "{}");
    team.applyBinding("api", "orders");
    team.awaitReadyBinding("api");
    assertThat(team.azureIdentities()).hasSize(1);
    assertThat(team.subjects(team.identity("orders"))).hasSize(1);
  }

  @Test
  void theTwentyFirstCredentialIsRefusedAndDisturbsNoOther(Team team) {
    team.applyIdentity("orders", "{}");
    for (var i = 0; i < 20; i++) {
      team.applyBinding("api-" + i, "orders");
    }
    for (var i = 0; i < 20; i++) {
      team.awaitReadyBinding("api-" + i);
    }

    team.applyBinding("one-more", "orders");
    assertThat(team.awaitBinding("one-more", "False", "CredentialQuotaExceeded"))
        .contains("further ManagedIdentity");

    assertThat(team.subjects(team.identity("orders"))).hasSize(20);
    team.awaitReadyBinding("api-7");
  }

  /** So that what is missing is the group and not the right: the operator's own, elsewhere. */
  private static void grantEverywhere(Team team) {
    var control = team.azure().control();
    var operator =
        control.requests().stream()
            .filter(request -> request.operation().equals("userAssignedIdentities/write"))
            .findFirst()
            .orElseThrow()
            .caller();
    control
        .outOfBand()
        .grant(
            operator,
            "Managed Identity Contributor",
            Scope.group(team.azure().subscriptionId(), "nowhere"));
  }

  private static void fail(Team team, String operation, int status) {
    team.azure().control().addFault(FaultRule.once(operation, failure(status)).onPath(team.name()));
  }

  private static Fault failure(int status) {
    return new Fault.Fail(status, "Injected", "Injected by a test.", OptionalInt.of(1));
  }
}
