package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.control.OutOfBand;
import dev.managedidentity.dev.emulator.model.Credential;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody in the portal does to credentials and assignments is found and repaired. */
@UsesControlPlane
@UsesOperator
class BindingDriftIT {
  private static final String CREDENTIAL =
      "userAssignedIdentities/federatedIdentityCredentials/write";
  private static final String READ = "virtualMachines/read";
  private static final String CHANGE = "virtualMachines/write";

  private final Team team;

  BindingDriftIT(Team team) {
    this.team = team;
  }

  @Test
  void aCredentialThatWasDeletedIsWrittenAgain() {
    var before = bound();
    var calls = team.operations().size();

    byHand().deleteCredential(scope(before));

    team.eventually(() -> assertThat(credential()).isEqualTo(before.subject()));
    awaitFinding("api", "was deleted; it is written again");
    assertRepairedBy(calls, CREDENTIAL);
  }

  @Test
  void aCredentialThatWasChangedIsMadeAsItWas() {
    var before = bound();
    var calls = team.operations().size();

    byHand()
        .putCredential(
            before.identity(), before.name(), before.issuer(), "repo:somebody/else", "api://else");

    team.eventually(() -> assertThat(credential()).isEqualTo(before.subject()));
    awaitFinding("api", "was changed to");
    assertRepairedBy(calls, CREDENTIAL);
  }

  @Test
  void theClientIdOfAnIdentityThatWasMadeAnewFlowsToBindingAndServiceAccount() {
    var before = bound();
    var old = team.identity("orders");
    var calls = team.operations().size();

    recreateIdentity();

    team.eventually(
        () -> {
          var now = team.identity("orders");
          assertThat(now.clientId()).isNotEqualTo(old.clientId());
          assertThat(team.binding("api").clientId()).isEqualTo(now.clientId());
          assertThat(team.annotations("api"))
              .containsEntry("azure.workload.identity/client-id", now.clientId());
          assertThat(team.subjects(now)).containsExactly(before.subject());
        });
    assertRepairedBy(calls, "userAssignedIdentities/write", CREDENTIAL);
  }

  @Test
  void anAssignmentThatWasRemovedIsMadeAgain() {
    var machine = machineWithIdentity();
    var calls = team.operations().size();

    byHand().resources().unassignIdentity(machine, scope());

    team.eventually(() -> assertThat(clientOn(machine)).isEqualTo(identity().clientId()));
    awaitFinding("vm", "was taken off the resource; it is assigned again");
    assertRepairedBy(calls, READ, CHANGE);
  }

  @Test
  void anIdentityThatWasMadeAnewIsAssignedInPlaceOfTheOld() {
    var machine = machineWithIdentity();
    var old = identity().clientId();
    var calls = team.operations().size();

    recreateIdentity();

    team.eventually(
        () -> {
          assertThat(identity().clientId()).isNotEqualTo(old);
          assertThat(clientOn(machine)).isEqualTo(identity().clientId());
        });
    assertRepairedBy(calls, "userAssignedIdentities/write", READ, CHANGE, READ, CHANGE);
  }

  private Scope machineWithIdentity() {
    var machine =
        new Scope(
            "/subscriptions/%s/resourceGroups/platform/providers/Microsoft.Compute/virtualMachines/%s"
                .formatted(team.azure().subscriptionId(), team.name()));
    byHand().resources().add(machine, "westeurope");
    team.applyIdentity("orders", "{}");
    team.awaitReadyIdentity("orders");
    team.applyBindingSpec(
        "vm",
        "{identityRef: {name: orders}, subject: {azureResource: {id: %s}}}".formatted(machine));
    team.awaitReadyBinding("vm");
    return machine;
  }

  private String clientOn(Scope machine) {
    return byHand().resources().get(machine).identity().userAssigned().stream()
        .filter(one -> one.id().isSame(scope()))
        .map(one -> one.clientId())
        .findFirst()
        .orElse("");
  }

  private Scope scope() {
    return new Scope(requireNonNull(identity().resourceId()));
  }

  private void recreateIdentity() {
    var tags =
        team.azure().control().snapshot().identities().stream()
            .filter(identity -> identity.scope().isSame(scope()))
            .findFirst()
            .orElseThrow()
            .tags();
    byHand().recreateIdentity(scope(), tags);
  }

  private Credential bound() {
    team.applyIdentity("orders", "{}");
    team.applyBinding("api", "orders");
    team.awaitReadyBinding("api");
    return credentials().orElseThrow();
  }

  private String credential() {
    return credentials().map(Credential::subject).orElse("");
  }

  private Optional<Credential> credentials() {
    return team.azure().control().snapshot().credentials().stream()
        .filter(credential -> credential.identity().isSame(scope()))
        .findFirst();
  }

  private ManagedIdentityStatus identity() {
    return team.identity("orders");
  }

  /** Nothing more comes with the next lists. */
  private void assertRepairedBy(int before, String... operations) {
    team.awaitLists();
    var all = team.operations();
    assertThat(all.subList(before, all.size())).containsExactly(operations);
  }

  private void awaitFinding(String binding, String words) {
    team.eventually(
        () ->
            assertThat(team.events(binding))
                .filteredOn(event -> Objects.equals(event.getReason(), "DriftFound"))
                .singleElement()
                .satisfies(event -> assertThat(event.getNote()).contains(words)));
  }

  private static Scope scope(Credential credential) {
    return new Scope(
        credential.identity().path() + "/federatedIdentityCredentials/" + credential.name());
  }

  private OutOfBand byHand() {
    return team.azure().control().outOfBand();
  }
}
