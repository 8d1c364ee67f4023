package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.control.OutOfBand;
import dev.managedidentity.dev.emulator.model.Credential;
import dev.managedidentity.dev.emulator.model.RoleAssignment;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import dev.managedidentity.operator.plan.Finding.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Credentials, grants and assignments that others change in Azure are repaired in place. */
@UsesControlPlane
@UsesOperator
class AccessDriftIT {
  private static final String CREDENTIAL =
      "userAssignedIdentities/federatedIdentityCredentials/write";
  private static final String CONDITION = "@Resource[a:b] StringEquals 'c'";

  private final Team team;
  private final Scope group;

  AccessDriftIT(Team team) {
    this.team = team;
    this.group = Scope.group(team.azure().subscriptionId(), team.name());
  }

  @BeforeEach
  void anIdentity() {
    byHand().addResourceGroup(team.azure().subscriptionId(), team.name(), "westeurope");
    team.applyIdentity("orders", "{}");
    team.awaitReadyIdentity("orders");
  }

  @Test
  void aDeletedCredentialIsWrittenAgain() {
    var credential = bound();
    var before = team.operations().size();

    byHand().deleteCredential(credential.scope());

    team.eventually(
        () ->
            assertThat(team.subjects(team.identity("orders")))
                .containsExactly(credential.subject()));
    assertRepaired(before, CREDENTIAL, "api", Kind.CREDENTIAL_DELETED);
    team.awaitReadyBinding("api");
  }

  @Test
  void aChangedCredentialIsSetBack() {
    var credential = bound();
    var before = team.operations().size();

    byHand()
        .putCredential(
            credential.identity(),
            credential.name(),
            credential.issuer(),
            "system:serviceaccount:evil:evil",
            credential.audience());

    team.eventually(
        () ->
            assertThat(team.subjects(team.identity("orders")))
                .containsExactly(credential.subject()));
    assertRepaired(before, CREDENTIAL, "api", Kind.CREDENTIAL_CHANGED);
    team.awaitReadyBinding("api");
  }

  @Test
  void aDeletedRoleAssignmentIsMadeAgain() {
    var assignment = granted("role: Reader");
    var before = team.operations().size();

    byHand().deleteRoleAssignment(assignment.name());

    team.eventually(
        () -> assertThat(team.grants(team.identity("orders"))).containsExactly(group.path()));
    assertThat(assignment().id()).isEqualTo(assignment.id());
    assertRepaired(before, "roleAssignments/write", "orders", Kind.ROLE_ASSIGNMENT_DELETED);
  }

  @Test
  void aChangedConditionOfARoleAssignmentIsSetBack() {
    var assignment = granted("role: Reader, condition: \"" + CONDITION + "\"");
    var before = team.operations().size();

    byHand().changeRoleAssignment(assignment.name(), Optional.empty(), Optional.empty());

    team.eventually(() -> assertThat(assignment().condition()).contains(CONDITION));
    assertRepaired(before, "roleAssignments/write", "orders", Kind.ROLE_ASSIGNMENT_CHANGED);
  }

  @Test
  void aRoleAssignmentOfSomebodyElseThatIsTakenAwayIsMadeByTheOperator() {
    team.grantByHand(team.identity("orders"), "Reader", group);
    var foreign = granted("role: Reader");
    assertThat(team.identity("orders").roleAssignments())
        .extracting(RoleAssignmentStatus::state)
        .containsExactly(State.FOREIGN);
    var before = team.operations().size();

    byHand().deleteRoleAssignment(foreign.name());

    team.eventually(
        () ->
            assertThat(team.identity("orders").roleAssignments())
                .extracting(RoleAssignmentStatus::state)
                .containsExactly(State.ASSIGNED));
    assertThat(assignment().id()).isNotEqualTo(foreign.id());
    assertRepaired(before, "roleAssignments/write", "orders", Kind.ROLE_ASSIGNMENT_DELETED);
  }

  @Test
  void anIdentityThatIsTakenFromAVirtualMachineIsAssignedAgain() {
    var machine = new Scope(group.path() + "/providers/Microsoft.Compute/virtualMachines/vm");
    byHand().resources().add(machine, "westeurope");
    team.applyBindingSpec(
        "vm",
        "{identityRef: {name: orders}, subject: {azureResource: {id: %s}}}"
            .formatted(machine.path()));
    team.awaitReadyBinding("vm");
    var identity = scope(team.identity("orders"));
    assertThat(isAssigned(machine, identity)).isTrue();
    var before = team.operations().size();

    byHand().resources().unassignIdentity(machine, identity);

    team.eventually(() -> assertThat(isAssigned(machine, identity)).isTrue());
    assertFound("vm", Kind.ASSIGNMENT_REMOVED);
    team.awaitReadyBinding("vm");
    assertThat(since(before)).containsExactly("virtualMachines/read", "virtualMachines/write");
  }

  private boolean isAssigned(Scope machine, Scope identity) {
    return byHand().resources().get(machine).identity().has(identity);
  }

  private Credential bound() {
    team.applyBinding("api", "orders");
    team.awaitReadyBinding("api");
    return credential();
  }

  private Credential credential() {
    var id = scope(team.identity("orders"));
    return team.azure().control().snapshot().credentials().stream()
        .filter(credential -> credential.identity().isSame(id))
        .findFirst()
        .orElseThrow();
  }

  private RoleAssignment granted(String role) {
    team.applyIdentity(
        "orders", "{roleAssignments: [{%s, scope: %s}]}".formatted(role, group.path()));
    team.awaitReadyIdentity("orders");
    return assignment();
  }

  private RoleAssignment assignment() {
    var principal = requireNonNull(team.identity("orders").principalId());
    return team.azure().control().snapshot().roleAssignments().stream()
        .filter(assignment -> assignment.grant().principalId().equals(principal))
        .findFirst()
        .orElseThrow();
  }

  private void assertRepaired(int before, String operation, String resource, Kind kind) {
    assertFound(resource, kind);
    team.awaitReadyIdentity("orders");
    assertThat(since(before)).containsExactly(operation);
  }

  private void assertFound(String resource, Kind kind) {
    team.eventually(() -> assertThat(team.warnings(resource)).hasSize(1));
    assertThat(team.findings()).containsExactly(kind);
  }

  private List<String> since(int before) {
    var all = team.operations();
    return all.subList(before, all.size());
  }

  private static Scope scope(ManagedIdentityStatus identity) {
    return new Scope(requireNonNull(identity.resourceId()));
  }

  private OutOfBand byHand() {
    return team.azure().control().outOfBand();
  }
}
