package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.ResourceIdentity;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each step of Azure's overview of managed identities, with the YAML of docs/concepts.md. */
@UsesControlPlane
@UsesOperator
class WalkthroughIT {
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^ *```yaml\\n *# walkthrough: ([^\\n]*)\\n(.*?)^ *```$");

  @Test
  void aUserAssignedIdentityIsCreatedAssignedGrantedUsedAndDeleted(Team team) throws IOException {
    var machine = resource(team, "Microsoft.Compute/virtualMachines/orders");

    team.apply(yaml("user-assigned"));

    var identity = team.awaitReadyIdentity("orders");
    team.awaitReadyBinding("orders-api");
    team.awaitReadyBinding("orders-vm");
    assertThat(team.grants(identity)).containsExactly(group(team));
    assertThat(team.subjects(identity))
        .containsExactly("system:serviceaccount:%s:orders-api".formatted(team.name()));
    assertThat(identities(team, machine).has(new Scope(requireNonNull(identity.resourceId()))))
        .isTrue();

    team.deleteIdentity("orders");
    team.deleteBinding("orders-api");
    team.deleteBinding("orders-vm");
    team.awaitNoIdentity("orders");
    assertThat(team.azureIdentities()).isEmpty();
    assertThat(team.grants(identity)).isEmpty();
    assertThat(identities(team, machine).userAssigned()).isEmpty();
  }

  @Test
  void aSystemAssignedIdentityOfAWorkloadIsEnabledAndDisabledByOneLine(Team team)
      throws IOException {
    team.apply(yaml("system-assigned workload"));

    var identity = team.awaitReadyIdentity("reports");
    team.awaitReadyBinding("reports");
    assertThat(team.subjects(identity))
        .containsExactly("system:serviceaccount:%s:reports".formatted(team.name()));
    assertThat(team.annotations("reports"))
        .containsEntry("azure.workload.identity/client-id", identity.clientId());

    deployments(team, "reports")
        .edit(
            deployment -> {
              deployment.getMetadata().getAnnotations().clear();
              return deployment;
            });
    team.awaitNoIdentity("reports");
    team.awaitNoBinding("reports");
    assertThat(team.azureIdentities()).isEmpty();
  }

  @Test
  void aSystemAssignedIdentityIsGrantedRolesAndGoesWithItsWorkload(Team team) throws IOException {
    team.apply(yaml("system-assigned workload").replace("reports", "nightly"));
    team.apply(yaml("system-assigned workload with grants"));

    var identity = team.awaitReadyIdentity("nightly");
    team.awaitReadyBinding("nightly");
    team.eventually(() -> assertThat(team.grants(identity)).containsExactly(group(team)));

    deployments(team, "nightly").delete();
    team.awaitNoIdentity("nightly");
    team.awaitNoBinding("nightly");
    assertThat(team.azureIdentities()).isEmpty();
    assertThat(team.grants(identity)).isEmpty();
  }

  @Test
  void theSystemAssignedIdentityOfAnAzureResourceIsEnabledGrantedAndDisabled(Team team)
      throws IOException {
    var site = resource(team, "Microsoft.Web/sites/shop");

    team.apply(yaml("system-assigned azure resource"));

    var identity = team.awaitReadyIdentity("web");
    assertThat(identities(team, site).system()).isPresent();
    assertThat(team.grants(identity)).containsExactly(group(team));

    team.deleteIdentity("web");
    team.awaitNoIdentity("web");
    assertThat(identities(team, site).system()).isEmpty();
    assertThat(team.grants(identity)).isEmpty();
  }

  private static RollableScalableResource<Deployment> deployments(Team team, String name) {
    return team.kubectl().apps().deployments().inNamespace(team.name()).withName(name);
  }

  private static String group(Team team) {
    return "/subscriptions/%s/resourceGroups/shop-data".formatted(team.azure().subscriptionId());
  }

  private static Scope resource(Team team, String path) {
    var others = team.azure().control().outOfBand();
    others.addResourceGroup(team.azure().subscriptionId(), "shop-data", "westeurope");
    var id = new Scope(group(team) + "/providers/" + path);
    others.resources().add(id, "westeurope");
    return id;
  }

  private static ResourceIdentity identities(Team team, Scope resource) {
    return team.azure().control().snapshot().resources().stream()
        .filter(one -> one.id().isSame(resource))
        .findFirst()
        .orElseThrow()
        .identity();
  }

  /** The blocks of one walk-through, in order, for this test's namespace and subscription. */
  private static String yaml(String walkthrough) throws IOException {
    var page = Files.readString(Path.of("docs/concepts.md"));
    var blocks =
        BLOCK
            .matcher(page)
            .results()
            .filter(match -> match.group(1).equals(walkthrough))
            .map(match -> match.group(2).stripTrailing().stripIndent() + "\n")
            .collect(Collectors.joining("---\n"));
    assertThat(blocks).as("blocks of " + walkthrough).isNotEmpty();
    return blocks
        .replace("namespace: shop", "namespace: $NAMESPACE")
        .replace("00000000-0000-0000-0000-000000000000", "$SUBSCRIPTION");
  }
}
