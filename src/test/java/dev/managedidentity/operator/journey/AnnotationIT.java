package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.IdentityType;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.WorkloadRef;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one-line form: a workload asks for an identity by an annotation. */
@UsesControlPlane
@UsesOperator
class AnnotationIT {
  private static final String POD =
      "{metadata: {labels: {app: web}}, spec: {restartPolicy: %s,"
          + " containers: [{name: main, image: example.com/web}]}}";

  @Test
  void theAnnotationCreatesAnIdentityForTheWorkload(Team team) {
    applyDeployment(team, "true");

    var identity = awaitMade(team);

    assertThat(identity.getSpec().type()).isEqualTo(IdentityType.SYSTEM_ASSIGNED);
    assertThat(identity.getSpec().workload())
        .isEqualTo(new WorkloadRef("apps/v1", "Deployment", "web"));
    assertThat(identity.getMetadata().getLabels())
        .containsEntry("managedidentity.dev/workload-kind", "Deployment")
        .containsEntry("app.kubernetes.io/managed-by", "managed-identity-operator");
    assertThat(identity.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(
            owner -> {
              assertThat(owner.getKind()).isEqualTo("Deployment");
              assertThat(owner.getController()).isTrue();
              assertThat(owner.getBlockOwnerDeletion()).isNull();
            });
    team.eventually(() -> assertThat(reasons(team, "web")).contains("EnableIdentity"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "apps/v1 | StatefulSet | {serviceName: web, selector: {matchLabels: {app: web}},"
            + " template: $ALWAYS}",
        "apps/v1 | DaemonSet | {selector: {matchLabels: {app: web}}, template: $ALWAYS}",
        "batch/v1 | Job | {template: $NEVER}",
        "batch/v1 | CronJob | {schedule: '0 0 1 1 *', jobTemplate: {spec: {template: $NEVER}}}"
      })
  void everyKindOfWorkloadMayAsk(String apiVersion, String kind, String spec, Team team) {
    team.apply(
        """
        apiVersion: %s
        kind: %s
        metadata: %s
        spec: %s
        """
            .formatted(apiVersion, kind, metadata("true"), spec)
            .replace("$ALWAYS", POD.formatted("Always"))
            .replace("$NEVER", POD.formatted("Never")));

    assertThat(awaitMade(team).getSpec().workload())
        .isEqualTo(new WorkloadRef(apiVersion, kind, "web"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", ""})
  void theIdentityGoesWithTheAnnotation(String annotation, Team team) {
    applyDeployment(team, "true");
    awaitMade(team);

    applyDeployment(team, annotation);

    team.awaitNoIdentity("web");
    team.eventually(() -> assertThat(reasons(team, "web")).contains("DisableIdentity"));
  }

  @Test
  void anIdentityThatWasDeletedByHandIsMadeAgain(Team team) {
    applyDeployment(team, "true");
    var first = awaitMade(team).getMetadata().getUid();

    team.deleteIdentity("web");

    team.eventually(
        () ->
            assertThat(team.findIdentity("web"))
                .hasValueSatisfying(
                    again -> assertThat(again.getMetadata().getUid()).isNotEqualTo(first)));
  }

  @Test
  void aPersonsIdentityOfThatNameIsLeftAlone(Team team) {
    team.applyIdentity("web", "{}");
    var before = team.awaitReadyIdentity("web");

    applyDeployment(team, "true");

    team.eventually(() -> assertThat(reasons(team, "web")).contains("IdentityNameTaken"));
    assertThat(warning(team).getNote()).contains("ManagedIdentity web exists");
    applyDeployment(team, "false");
    applyDeployment(team, "true");
    team.eventually(() -> assertThat(reasons(team, "web")).hasSizeGreaterThan(1));
    var identity = team.findIdentity("web").orElseThrow();
    assertThat(identity.getMetadata().getOwnerReferences()).isEmpty();
    assertThat(team.identity("web")).isEqualTo(before);
  }

  @Test
  void kubernetesDeletesTheIdentityWithTheWorkload(Team team) {
    applyDeployment(team, "true");
    awaitMade(team);

    team.kubectl()
        .apps()
        .deployments()
        .inNamespace(team.name())
        .withName("web")
        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
        .delete();

    team.awaitNoIdentity("web");
  }

  @Test
  void aWorkloadThatIsMadeAnewGetsAnIdentityOfItsOwn(Team team) {
    applyDeployment(team, "true");
    var first = awaitMade(team).getMetadata().getUid();

    team.kubectl().apps().deployments().inNamespace(team.name()).withName("web").delete();
    applyDeployment(team, "true");

    team.eventually(
        () ->
            assertThat(team.findIdentity("web"))
                .hasValueSatisfying(
                    again -> assertThat(again.getMetadata().getUid()).isNotEqualTo(first)));
  }

  private static void applyDeployment(Team team, String annotation) {
    team.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: %s
        spec:
          replicas: 0
          selector: {matchLabels: {app: web}}
          template: %s
        """
            .formatted(metadata(annotation), POD.formatted("Always")));
  }

  private static String metadata(String annotation) {
    return "{name: web, namespace: $NAMESPACE%s}"
        .formatted(
            annotation.isEmpty()
                ? ""
                : ", annotations: {managedidentity.dev/system-assigned: '" + annotation + "'}");
  }

  private static ManagedIdentity awaitMade(Team team) {
    team.eventually(() -> assertThat(team.findIdentity("web")).isPresent());
    return team.findIdentity("web").orElseThrow();
  }

  private static List<String> reasons(Team team, String name) {
    return team.events(name).stream().map(Event::getReason).toList();
  }

  private static Event warning(Team team) {
    return team.events("web").stream()
        .filter(event -> "Warning".equals(event.getType()))
        .findFirst()
        .orElseThrow();
  }
}
