package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.rig.Kubelet;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod starts when its identity works, and not before; until then an Event says why. */
@UsesControlPlane(asksWebhook = true)
@UsesOperator
class PodGateIT {
  private final Team team;
  private final TeamPods pods;
  @TempDir private Path folder = Path.of("");

  PodGateIT(Team team) {
    this.team = team;
    this.pods = new TeamPods(team);
    team.applyAccount("api");
  }

  @Test
  void waitsForABindingThatComesLater() {
    pods.apply("web", "api");
    pods.awaitHeld("web", "No IdentityBinding binds service account");

    team.applyIdentity("orders", "{}");
    team.applyBinding("api", "orders");

    assertThat(pods.awaitFree("web")).isEqualTo(team.awaitReadyBinding("api").clientId());
  }

  @Test
  void waitsUntilItsBindingIsReady() {
    team.applyBinding("api", "orders");
    team.awaitBinding("api", "Unknown", "IdentityNotFound");
    pods.apply("web", "api");
    pods.awaitHeld("web", "ManagedIdentity %s/orders does not exist".formatted(team.name()));

    team.applyIdentity("orders", "{}");

    assertThat(pods.awaitFree("web")).isEqualTo(team.awaitReadyBinding("api").clientId());
  }

  @Test
  void startsAtOnceWhenEverythingIsReady() {
    team.applyIdentity("orders", "{}");
    team.applyBinding("api", "orders");
    var clientId = team.awaitReadyBinding("api").clientId();

    team.eventually(
        () -> {
          pods.apply("web", "api");
          var isFree = pods.get("web").getSpec().getSchedulingGates().isEmpty();
          var startedAs = TeamPods.startedAs(pods.get("web"));
          pods.delete("web");
          assertThat(isFree).isTrue();
          assertThat(startedAs).isEqualTo(clientId);
        });
  }

  @Test
  void goesOnWaitingWhenItsBindingIsDeleted() {
    team.applyBinding("api", "orders");
    team.awaitBinding("api", "Unknown", "IdentityNotFound");
    pods.apply("web", "api");
    pods.awaitHeld("web", "IdentityBinding api is not ready");

    team.deleteBinding("api");

    pods.awaitHeld("web", "No IdentityBinding binds service account");
  }

  @Test
  void isForgottenWhenItIsDeletedMeanwhile() {
    pods.apply("web", "api");
    pods.awaitHeld("web", "No IdentityBinding");
    pods.delete("web");
    pods.apply("web", "api");

    team.applyIdentity("orders", "{}");
    team.applyBinding("api", "orders");

    assertThat(pods.awaitFree("web")).isEqualTo(team.awaitReadyBinding("api").clientId());
  }

  @Test
  void startsWhenItWantsNoIdentityAnyMore() {
    pods.apply("web", "api");
    pods.awaitHeld("web", "No IdentityBinding");

    team.kubectl()
        .pods()
        .inNamespace(team.name())
        .withName("web")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":{\"azure.workload.identity/use\":null}}}");

    pods.awaitFree("web");
  }

  @Test
  void choosesAmongTheIdentitiesOfItsAccount() {
    pods.applyChoosing("reports", "api", "payments");
    pods.awaitHeld("reports", "payments");
    pods.apply("web", "api");

    team.applyIdentity("orders", "{}");
    team.applyIdentity("payments", "{}");
    team.applyBinding("api", "orders");
    team.applyBindingSpec(
        "api-payments",
        "{identityRef: {name: payments}, subject: {serviceAccount: {name: api, annotate: false}}}");

    pods.awaitFree("web");
    pods.awaitFree("reports");
    assertThat(clientId("web")).isEqualTo(team.identity("orders").clientId());
    assertThat(clientId("reports")).isEqualTo(team.identity("payments").clientId());
  }

  private String clientId(String pod) {
    var found = pods.get(pod);
    return new Kubelet(team.kubectl(), folder)
        .start(found, found.getSpec().getContainers().getFirst())
        .environment()
        .getOrDefault(TeamPods.CLIENT_ID, "");
  }

  @Test
  void aDryRunShowsWhatBecomesOfAPodAndLeavesNothing() {
    pods.apply("web", "api");
    var pod = pods.get("web");
    pods.delete("web");
    pod.getMetadata().setResourceVersion(null);
    pod.getMetadata().setUid(null);
    pod.getMetadata().setName("trial");
    pod.getSpec().getSchedulingGates().clear();

    var shown = team.kubectl().resource(pod).dryRun().create();

    assertThat(shown.getSpec().getSchedulingGates()).hasSize(1);
    assertThat(pods.find("trial")).isNull();
    assertThat(team.kubectl().configMaps().inNamespace(team.name()).list().getItems())
        .noneMatch(map -> map.getMetadata().getName().startsWith("azure-identity-"));
  }
}
