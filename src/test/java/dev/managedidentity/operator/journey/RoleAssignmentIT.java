package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.control.OutOfBand;
import dev.managedidentity.dev.emulator.model.RoleAssignment;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a role assignment is in Azure, at which scopes, by which roles, and why one is refused. */
@UsesControlPlane
@UsesOperator
class RoleAssignmentIT {
  private static final String GROUP = "/subscriptions/$SUBSCRIPTION/resourceGroups/platform";
  private static final String OWN_BLOBS =
      "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]"
          + " StringEquals 'orders'";
  private static final String OTHER_BLOBS = OWN_BLOBS.replace("orders", "invoices");

  private final Team team;
  private final OutOfBand world;

  RoleAssignmentIT(Team team) {
    this.team = team;
    this.world = team.azure().control().outOfBand();
  }

  @Test
  void conditionAndDescriptionReachAzureAndChangeInPlace() {
    var first = grant(with(OWN_BLOBS, "Blobs of orders"));
    assertThat(first.condition()).contains(OWN_BLOBS);
    assertThat(first.conditionVersion()).contains("2.0");
    assertThat(first.description()).contains("Blobs of orders");
    assertThat(first.grant().principalType()).isEqualTo("ServicePrincipal");

    var second = grant(with(OTHER_BLOBS, "Blobs of invoices"));
    assertThat(second.name()).isEqualTo(first.name());
    assertThat(second.condition()).contains(OTHER_BLOBS);
    assertThat(second.description()).contains("Blobs of invoices");

    var third =
        grant("{role: Storage Blob Data Reader, scope: %s, description: All}".formatted(GROUP));
    assertThat(third.name()).isEqualTo(first.name());
    assertThat(third.condition()).isEmpty();
    assertThat(third.description()).contains("All");
    assertThat(team.operations()).noneMatch(name -> name.equals("roleAssignments/delete"));
  }

  @Test
  void theDescriptionNamesTheResourceByDefault() {
    assertThat(grant("{role: Reader, scope: %s}".formatted(GROUP)).description().orElseThrow())
        .contains("ManagedIdentity", team.name() + "/orders");
  }

  @Test
  void aRoleIsGrantedAtAManagementGroup() {
    var scope = world.addManagementGroup("landing-zones");
    world.grant(operator(), "Role Based Access Control Administrator", scope);

    assertGrantedAndRemoved(scope);
  }

  @Test
  void aRoleIsGrantedAtASubscription() {
    assertGrantedAndRemoved(Scope.subscription(team.azure().subscriptionId()));
  }

  @Test
  void aRoleIsGrantedAtAResourceGroup() {
    assertGrantedAndRemoved(Scope.group(team.azure().subscriptionId(), "platform"));
  }

  @Test
  void aRoleIsGrantedAtASingleResource() {
    var group = Scope.group(team.azure().subscriptionId(), "platform").path();
    var vault = new Scope(group + "/providers/Microsoft.Storage/storageAccounts/" + team.name());
    world.resources().add(vault, "westeurope");

    assertGrantedAndRemoved(vault);
  }

  @Test
  void aCustomRoleIsGrantedByTheIdOfItsDefinition() {
    var subscription = Scope.subscription(team.azure().subscriptionId());
    var role =
        world.defineRole(
            "Reads of " + team.name(), List.of("*/read"), List.of(), List.of(subscription));
    var id =
        "%s/providers/Microsoft.Authorization/roleDefinitions/%s"
            .formatted(subscription.path(), role.id());

    assertThat(grant("{role: %s, scope: %s}".formatted(id, GROUP)).grant().roleDefinitionId())
        .endsWith(role.id());
    assertThat(grant("{role: Reads of %s, scope: %s}".formatted(team.name(), GROUP)).name())
        .isEqualTo(new Scope(String.valueOf(status().roleAssignments().getFirst().id())).name());
  }

  @ParameterizedTest
  @CsvSource({
    "No Such Role, /subscriptions/$SUBSCRIPTION, RoleNotFound",
    "/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-00000000000f,"
        + " /subscriptions/$SUBSCRIPTION, RoleNotFound",
    "Reader, /subscriptions/$SUBSCRIPTION/resourceGroups/nowhere, ScopeNotFound",
    "Reader, /subscriptions/$SUBSCRIPTION/resourceGroups/platform/providers/"
        + "Microsoft.Storage/storageAccounts/nowhere, ScopeNotFound",
  })
  void whatDoesNotExistIsSaidWithItsReason(String role, String scope, String reason) {
    team.applyIdentity(
        "orders", "{roleAssignments: [{role: %s, scope: %s}]}".formatted(role, scope));

    team.awaitIdentity("orders", "False", reason);

    assertRefused(reason);
  }

  @Test
  void aRightThatTheOperatorLacksIsNamed() {
    var other = world.addSubscription(UUID.randomUUID().toString(), team.name());
    team.applyIdentity(
        "orders",
        "{roleAssignments: [{role: Reader, scope: /subscriptions/%s}]}".formatted(other.id()));

    assertThat(team.awaitIdentity("orders", "False", "AuthorizationFailed"))
        .contains("Microsoft.Authorization/", other.id());

    assertRefused("AuthorizationFailed");
    world.grant(
        operator(), "Role Based Access Control Administrator", Scope.subscription(other.id()));
    team.annotate("orders", "try", "again");
    assertThat(team.grants(team.awaitReadyIdentity("orders"))).hasSize(1);
  }

  private void assertRefused(String reason) {
    assertThat(status().roleAssignments())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.state()).isEqualTo(State.REFUSED);
              assertThat(entry.reason()).isEqualTo(reason);
            });
    assertThat(status().clientId()).isNotNull();
    assertThat(team.grants(status())).isEmpty();
  }

  private void assertGrantedAndRemoved(Scope scope) {
    var granted = grant("{role: Reader, scope: %s}".formatted(scope.path()));
    assertThat(granted.scope().isSame(scope)).isTrue();
    var identity = status();

    team.deleteIdentity("orders");
    team.awaitNoIdentity("orders");
    assertThat(team.grants(identity)).isEmpty();
  }

  /** The assignment in Azure, once the spec has this one entry. */
  private RoleAssignment grant(String entry) {
    team.applyIdentity("orders", "{roleAssignments: [%s]}".formatted(entry));
    var identity = team.awaitReadyIdentity("orders");
    assertThat(identity.roleAssignments())
        .extracting(RoleAssignmentStatus::state)
        .containsExactly(State.ASSIGNED);
    var found =
        team.azure().control().snapshot().roleAssignments().stream()
            .filter(one -> one.grant().principalId().equals(identity.principalId()))
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static String with(String condition, String description) {
    return "{role: Storage Blob Data Reader, scope: %s, condition: \"%s\", description: %s}"
        .formatted(GROUP, condition, description);
  }

  private ManagedIdentityStatus status() {
    return team.identity("orders");
  }

  /** Object id of the operator's own principal. */
  private String operator() {
    return world.principals().stream()
        .filter(principal -> principal.clientId().equals(team.azure().clientId()))
        .findFirst()
        .orElseThrow()
        .objectId();
  }
}
