package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.Annotations;
import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An annotation stops all work on one resource, and its end lets it go on. */
@UsesControlPlane
@UsesOperator
class PauseIT {
  private final Team team;

  PauseIT(Team team) {
    this.team = team;
  }

  @Test
  void anEditOfAPausedIdentityIsAppliedAfterResuming() {
    team.applyIdentity("orders", "{}");
    team.awaitReadyIdentity("orders");
    setPaused(ManagedIdentity.class, "orders", "true");
    team.eventually(() -> assertThat(isPaused(team.identity("orders").conditions())).isTrue());

    team.applyIdentity("orders", "{azure: {tags: {team: shop}}}");
    provePassed();
    assertThat(tags("orders")).doesNotContainKey("team");
    assertThat(Team.ready(team.identity("orders").conditions()))
        .hasValueSatisfying(ready -> assertThat(ready.status()).isEqualTo("True"));

    setPaused(ManagedIdentity.class, "orders", null);
    team.awaitReadyIdentity("orders");
    assertThat(tags("orders")).containsEntry("team", "shop");
    assertThat(isPaused(team.identity("orders").conditions())).isFalse();
  }

  @Test
  void theDeletionOfAPausedIdentityWaits() {
    team.applyIdentity("orders", "{}");
    var status = team.awaitReadyIdentity("orders");
    setPaused(ManagedIdentity.class, "orders", "true");
    team.eventually(() -> assertThat(isPaused(team.identity("orders").conditions())).isTrue());

    team.deleteIdentity("orders");
    provePassed();
    assertThat(team.findIdentity("orders")).isPresent();
    assertThat(team.azureIdentities()).contains(nameOf(String.valueOf(status.resourceId())));

    setPaused(ManagedIdentity.class, "orders", null);
    team.awaitNoIdentity("orders");
    assertThat(team.azureIdentities()).noneMatch(name -> name.contains("orders"));
  }

  @Test
  void aPausedBindingIsNeitherWrittenNorRemoved() {
    team.applyIdentity("orders", "{}");
    var identity = team.awaitReadyIdentity("orders");
    team.applyAccount("api");
    team.apply(
        """
        apiVersion: managedidentity.dev/v1alpha1
        kind: IdentityBinding
        metadata: {name: api, namespace: $NAMESPACE, annotations: {managedidentity.dev/paused: "true"}}
        spec: {identityRef: {name: orders}, subject: {serviceAccount: {name: api}}}
        """);
    team.eventually(() -> assertThat(isPaused(team.binding("api").conditions())).isTrue());
    provePassed();
    assertThat(team.subjects(identity)).isEmpty();

    setPaused(IdentityBinding.class, "api", null);
    team.awaitReadyBinding("api");
    assertThat(team.subjects(identity)).hasSize(1);

    setPaused(IdentityBinding.class, "api", "true");
    team.eventually(() -> assertThat(isPaused(team.binding("api").conditions())).isTrue());
    team.deleteBinding("api");
    provePassed();
    assertThat(team.subjects(identity)).hasSize(1);

    setPaused(IdentityBinding.class, "api", null);
    team.awaitNoBinding("api");
    assertThat(team.subjects(identity)).isEmpty();
  }

  /** Two other resources go all the way meanwhile: so the operator had its chance. */
  private void provePassed() {
    team.applyIdentity("other", "{}");
    team.applyBinding("other", "other");
    team.awaitReadyBinding("other");
    team.deleteBinding("other");
    team.deleteIdentity("other");
    team.awaitNoIdentity("other");
  }

  private <T extends HasMetadata> void setPaused(
      Class<T> kind, String name, @Nullable String value) {
    var json = value == null ? "null" : "\"" + value + "\"";
    team.kubectl()
        .resources(kind)
        .inNamespace(team.name())
        .withName(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"%s\":%s}}}".formatted(Annotations.PAUSED, json));
  }

  private static boolean isPaused(List<Condition> conditions) {
    return conditions.stream().anyMatch(condition -> condition.type().equals("Paused"));
  }

  private Map<String, String> tags(String name) {
    var id = String.valueOf(team.identity(name).resourceId());
    return team.azure().control().snapshot().identities().stream()
        .filter(identity -> identity.name().equals(nameOf(id)))
        .findFirst()
        .orElseThrow()
        .tags();
  }

  private static String nameOf(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
