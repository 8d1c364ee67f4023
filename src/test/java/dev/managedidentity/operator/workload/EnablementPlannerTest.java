package dev.managedidentity.operator.workload;

import static dev.managedidentity.operator.workload.Samples.annotated;
import static dev.managedidentity.operator.workload.WorkloadKind.DEPLOYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.workload.Enablement.Disable;
import dev.managedidentity.operator.workload.Enablement.Enable;
import dev.managedidentity.operator.workload.Enablement.Refused;
import dev.managedidentity.operator.workload.Enablement.Served;
import dev.managedidentity.operator.workload.Enablement.Settled;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnablementPlannerTest {
  private static final Workload PLAIN = Samples.workload(DEPLOYMENT, "web", "orders");
  private static final Workload ANNOTATED = annotated(PLAIN, false);
  private static final Workload DELETING = annotated(PLAIN, true);

  /** Whose the ManagedIdentity of the workload's name is, and what follows. */
  record Row(String whose, @Nullable String yaml, Enablement annotated, Enablement plain) {
    Optional<ManagedIdentity> namesake() {
      return Optional.ofNullable(yaml)
          .map(
              text ->
                  Serialization.unmarshal("kind: ManagedIdentity\n" + text, ManagedIdentity.class));
    }

    @Override
    public String toString() {
      return whose;
    }
  }

  static List<Row> rows() {
    var stranger = refused("ManagedIdentity web exists, and was not made for Deployment web.");
    return List.of(
        new Row("nobody's", null, new Enable(), new Settled()),
        new Row("its own", owned("Deployment", "uid-web"), new Settled(), new Disable("uid-1")),
        new Row(
            "its own, on its way out",
            owned("Deployment", "uid-web")
                .replace("\"uid\"", "\"deletionTimestamp\": \"2026-11-22T10:00:00Z\", \"uid\""),
            new Settled(),
            new Settled()),
        new Row(
            "its predecessor's", owned("Deployment", "uid-earlier"), new Settled(), new Settled()),
        new Row(
            "a StatefulSet's",
            owned("StatefulSet", "uid-other"),
            refused("ManagedIdentity web exists, made for StatefulSet web."),
            new Settled()),
        new Row(
            "a person's, for it",
            spec("{kind: Deployment, name: web}"),
            new Served(),
            new Settled()),
        new Row(
            "a person's, for another",
            spec("{kind: Deployment, name: other}"),
            stranger,
            new Settled()),
        new Row("a person's, for no workload", "spec: {}", stranger, new Settled()),
        new Row(
            "a person's who copied the label",
            "metadata: {labels: {managedidentity.dev/workload-kind: Deployment}}\nspec: {}",
            stranger,
            new Settled()),
        new Row(
            "a person's who took it over by removing the label",
            owned("Deployment", "uid-web").replace("workload-kind", "other"),
            new Served(),
            new Settled()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theAnnotationAsksForAnIdentity(Row row) {
    assertThat(EnablementPlanner.plan(ANNOTATED, row.namesake())).isEqualTo(row.annotated());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void withoutTheAnnotationOnlyWhatWasMadeForItGoes(Row row) {
    assertThat(EnablementPlanner.plan(PLAIN, row.namesake())).isEqualTo(row.plain());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void nothingIsDoneForAWorkloadThatIsBeingDeleted(Row row) {
    assertThat(EnablementPlanner.plan(DELETING, row.namesake())).isEqualTo(new Settled());
  }

  @Test
  void theProblemSaysWhatToDo() {
    var step = EnablementPlanner.plan(ANNOTATED, rows().get(6).namesake());

    assertThat(step)
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.problem().message())
                    .contains("another name")
                    .contains("remove the annotation"));
  }

  private static String owned(String kind, String uid) {
    return """
    metadata: {"name": "web", "uid": "uid-1",
      "labels": {"managedidentity.dev/workload-kind": "%s"},
      "ownerReferences": [{"apiVersion": "apps/v1", "kind": "%s", "name": "web",
        "uid": "%s", "controller": true}]}
    spec:
      type: SystemAssigned
      owner: {workload: {apiVersion: apps/v1, kind: %s, name: web}}
    """
        .formatted(kind, kind, uid, kind);
  }

  private static String spec(String workload) {
    return """
    metadata: {name: web}
    spec: {type: SystemAssigned, owner: {workload: %s}}
    """
        .formatted(workload.replace("{", "{apiVersion: apps/v1, "));
  }

  private static Enablement refused(String detail) {
    return new Refused(new Problem.Blocked(Reason.IDENTITY_NAME_TAKEN, detail));
  }
}
