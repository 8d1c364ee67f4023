package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.control.OutOfBandResources;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import dev.managedidentity.operator.plan.Finding.Kind;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * System-assigned identities of Azure resources that others switch off and on: roles follow the new
 * principal at the price of the repair, and no other resource is looked at.
 */
@UsesControlPlane
@UsesOperator
class ResourceDriftIT {
  private final Team team;
  private final OutOfBandResources world;
  private final Scope group;
  private final Scope site;

  ResourceDriftIT(Team team) {
    this.team = team;
    this.world = team.azure().control().outOfBand().resources();
    this.group = Scope.group(team.azure().subscriptionId(), team.name());
    this.site = site("site");
  }

  @BeforeEach
  void twoWebAppsWithRoles() {
    var hand = team.azure().control().outOfBand();
    hand.addResourceGroup(team.azure().subscriptionId(), team.name(), "westeurope");
    for (var name : List.of("site", "bystander")) {
      world.add(site(name), "westeurope");
      team.applyIdentity(
          name,
          "{type: SystemAssigned, owner: {azureResource: {id: %s}}, roleAssignments: [{role: Reader, scope: %s}]}"
              .formatted(site(name), group));
    }
    team.awaitReadyIdentity("site");
    team.awaitReadyIdentity("bystander");
  }

  @Test
  void whatIsDisabledAndEnabledAgainByHandHasItsRolesAgain() {
    var old = team.identity("site");
    var bystander = version("bystander");
    var before = team.operations().size();

    var fresh = world.renewSystemAssigned(site).identity().system().orElseThrow();

    awaitRolesOf(fresh.principalId(), old);
    assertThat(since(before))
        .containsExactlyInAnyOrder("sites/read", "roleAssignments/write", "roleAssignments/delete");
    assertFound(Kind.SYSTEM_IDENTITY_RECREATED, "was replaced in Azure; its roles follow");
    assertThat(version("bystander")).isEqualTo(bystander);
  }

  @Test
  void whatIsDisabledByHandIsEnabledByOneWrite() {
    var old = team.identity("site");
    var bystander = version("bystander");
    var before = team.operations().size();

    world.setSystemAssigned(site, false);

    team.eventually(() -> assertThat(world.get(site).identity().system()).isPresent());
    awaitRolesOf(world.get(site).identity().system().orElseThrow().principalId(), old);
    assertThat(since(before))
        .containsExactlyInAnyOrder(
            "sites/read", "sites/write", "roleAssignments/write", "roleAssignments/delete");
    assertFound(Kind.SYSTEM_IDENTITY_DISABLED, "was disabled in Azure; it is enabled again");
    assertThat(version("bystander")).isEqualTo(bystander);
  }

  private void awaitRolesOf(String principal, ManagedIdentityStatus old) {
    team.eventually(
        () -> {
          var now = team.identity("site");
          assertThat(now.principalId()).isEqualTo(principal).isNotEqualTo(old.principalId());
          assertThat(team.grants(now)).containsExactly(group.path());
          assertThat(team.grants(old)).isEmpty();
          assertThat(now.roleAssignments())
              .singleElement()
              .satisfies(role -> assertThat(role.principalId()).isEqualTo(principal));
        });
    team.awaitReadyIdentity("site");
  }

  private void assertFound(Kind kind, String what) {
    team.eventually(
        () ->
            assertThat(team.warnings("site"))
                .singleElement()
                .satisfies(note -> assertThat(note).contains(what)));
    assertThat(team.findings()).containsExactly(kind);
  }

  private List<String> since(int before) {
    var all = team.operations();
    return all.subList(before, all.size());
  }

  private String version(String name) {
    return team.findIdentity(name).orElseThrow().getMetadata().getResourceVersion();
  }

  private Scope site(String name) {
    return new Scope("%s/providers/Microsoft.Web/sites/%s".formatted(group.path(), name));
  }
}
