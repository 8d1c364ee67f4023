package dev.managedidentity.operator.kube;

import static dev.managedidentity.operator.kube.ScriptedApiServer.failure;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.managedidentity.operator.api.Annotations;
import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.plan.Conditions;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.plan.Turn;
import dev.managedidentity.operator.plan.Verdict;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String STATUS =
      "/apis/managedidentity.dev/v1alpha1/namespaces/shop/managedidentities/orders/status"
          + "?fieldManager=managed-identity-operator&force=true";
  private static final String EVENTS = "/apis/events.k8s.io/v1/namespaces/shop/events";
  private static final Verdict WORK = new Verdict.Progressing(Reason.PROGRESSING, "At work.");
  private static final Verdict FINE = new Verdict.Proven(Reason.PROVISIONED, "Fine.");
  private static final Verdict SLOW_DOWN =
      troubled(new Problem.Throttled(java.time.Duration.ofSeconds(42), "Slow down."));
  private static final Verdict NOT_ALLOWED =
      troubled(new Problem.Refused(Reason.NAMESPACE_NOT_ALLOWED, "No."));

  private static final Finding DRIFT =
      new Finding(Finding.Kind.IDENTITY_DELETED, "/id", "It was deleted; it is made again.", NOW);

  private final ScriptedApiServer api = new ScriptedApiServer();
  private final EventRecorder events = new EventRecorder(api.client(), "operator-1");
  private final List<Finding> counted = new ArrayList<>();
  private final Passes<ManagedIdentityStatus, ManagedIdentity> passes =
      new Passes<>(
          new StatusWriter<>(api.client(), ManagedIdentity::new),
          StatusForm.ofIdentities(),
          events,
          new FindingRecorder(events, counted::add),
          InstantSource.fixed(NOW));
  private final ManagedIdentity resource = new ManagedIdentity();
  private final List<String> done = new ArrayList<>();

  @BeforeEach
  void name() {
    var metadata = resource.getMetadata();
    metadata.setNamespace("shop");
    metadata.setName("orders");
    metadata.setUid("uid-1");
    metadata.setResourceVersion("7");
    metadata.setGeneration(1L);
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void savesTheStatusOfATurnBeforeTheNextIsTaken() {
    saves(2);

    passes.reconcile(
        resource,
        () ->
            turn(
                "one",
                WORK,
                () -> {
                  done.addAll(api.calls());
                  return turn("two", FINE);
                }));

    assertThat(done).containsExactly("PATCH " + STATUS);
    assertThat(api.calls()).containsExactly("PATCH " + STATUS);
  }

  @Test
  void comesBackWhenSomethingOfTheStatusFallsDue() {
    saves(1);
    var form = StatusForm.ofIdentities();
    var due = Stream.of(NOW.minusSeconds(5), NOW.plusSeconds(90), NOW.plusSeconds(60));
    var withDueTimes =
        new Passes<>(
            new StatusWriter<>(api.client(), ManagedIdentity::new),
            new StatusForm<>(form.empty(), form.conditions(), form.withConditions(), _ -> due),
            events,
            new FindingRecorder(events, counted::add),
            InstantSource.fixed(NOW));

    var control = withDueTimes.reconcile(resource, () -> turn("one", FINE));

    assertThat(control.getScheduleDelay()).contains(60_000L);
  }

  @Test
  void takesNoFurtherTurnOnceSomethingIsInTheWay() {
    saves(1);

    var control = passes.reconcile(resource, () -> turn("one", SLOW_DOWN, this::forbidden));

    assertThat(control.getScheduleDelay()).contains(42_000L);
    assertThat(api.calls()).hasSize(1);
  }

  /** Its name would be written nowhere: what the next turn makes would be nobody's. */
  @Test
  void takesNoFurtherTurnForAResourceThatIsGone() {
    api.onPatch(STATUS, 404, failure(404, "NotFound", "gone"));

    passes.reconcile(resource, () -> turn("one", WORK, this::forbidden));

    assertThat(api.calls()).hasSize(1);
  }

  @Test
  void takesNoFurtherTurnWhenTheStatusCannotBeSaved() {
    api.onPatch(STATUS, 403, failure(403, "Forbidden", "no"));
    var first = turn("one", WORK, this::forbidden);

    assertThatThrownBy(() -> passes.reconcile(resource, () -> first))
        .isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void needsNoTimerForWhatIsAsAskedOrNeedsAnEvent() {
    saves(2);

    assertThat(passes.reconcile(resource, () -> turn("one", FINE)).getScheduleDelay()).isEmpty();
    assertThat(passes.reconcile(resource, () -> turn("two", NOT_ALLOWED)).getScheduleDelay())
        .isEmpty();
  }

  @Test
  void reportsEveryWriteAlsoThoseOfAResourceThatGoes() {
    api.onPost(EVENTS, 201, "{}");
    var operation = new Operation("DeleteIdentity", "/id", NOW, null, null);

    passes.cleanup(
        resource,
        () ->
            new Turn<>(
                ManagedIdentityStatus.EMPTY,
                WORK,
                List.of(operation),
                List.of(),
                Optional.empty()));

    assertThat(api.calls()).containsExactly("POST " + EVENTS);
  }

  @Test
  void letsAResourceGoOnceNothingIsInTheWayAndSavesNothingMoreOfIt() {
    var control = passes.cleanup(resource, () -> turn("one", WORK));

    assertThat(control.isRemoveFinalizer()).isTrue();
    assertThat(api.calls()).isEmpty();
  }

  @Test
  void keepsAResourceWhileSomethingIsInTheWayAndSaysSo() {
    saves(1);

    var control = passes.cleanup(resource, () -> turn("one", SLOW_DOWN));

    assertThat(control.isRemoveFinalizer()).isFalse();
    assertThat(control.getScheduleDelay()).contains(42_000L);
    assertThat(api.calls()).containsExactly("PATCH " + STATUS);
  }

  @Test
  void reportsAndCountsAFindingBeforeItsRepair() {
    saves(1);
    tells(2);

    passes.reconcile(resource, () -> drifted(FINE));

    assertThat(counted).containsExactly(DRIFT);
    assertThat(api.requests())
        .extracting(request -> reason(request))
        .startsWith("DriftFound", "WriteIdentity");
  }

  /** Each would be an Event and a count of a change that happened once. */
  @Test
  void reportsAFindingOnceHoweverOftenItsRepairIsTried() {
    saves(1);
    tells(2);

    passes.reconcile(resource, () -> drifted(SLOW_DOWN));
    passes.reconcile(resource, () -> drifted(SLOW_DOWN));

    assertThat(counted).containsExactly(DRIFT);
  }

  @Test
  void reportsAFindingAgainOnceItWasRepaired() {
    saves(2);
    tells(4);

    passes.reconcile(resource, () -> drifted(SLOW_DOWN));
    passes.reconcile(resource, () -> drifted(FINE));
    passes.reconcile(resource, () -> drifted(FINE));

    assertThat(counted).containsExactly(DRIFT, DRIFT);
  }

  @Test
  void onlySaysThatItIsPausedWhenWorkIsStopped() {
    saves(1);
    resource.getMetadata().setAnnotations(Map.of(Annotations.PAUSED, "true"));

    var control = passes.reconcile(resource, this::forbidden);
    passes.reconcile(resource, this::forbidden);

    assertThat(control.getScheduleDelay()).isEmpty();
    assertThat(api.calls()).containsExactly("PATCH " + STATUS);
    assertThat(Conditions.status(Conditions.PAUSED, saved())).isEqualTo("True");
    assertThat(Conditions.status(Conditions.READY, saved())).isEqualTo("Unknown");
  }

  @Test
  void keepsWhatItKnowsWhileWorkIsStopped() {
    saves(2);
    passes.reconcile(resource, () -> turn("one", FINE));
    resource.getMetadata().setAnnotations(Map.of(Annotations.PAUSED, "true"));

    passes.reconcile(resource, this::forbidden);

    assertThat(requireNonNull(passes.latest(resource)).resourceId()).isEqualTo("one");
    assertThat(Conditions.status(Conditions.READY, saved())).isEqualTo("True");
  }

  @Test
  void doesNotLetAResourceGoWhileWorkIsStopped() {
    saves(1);
    resource.getMetadata().setAnnotations(Map.of(Annotations.PAUSED, "true"));

    var control = passes.cleanup(resource, this::forbidden);

    assertThat(control.isRemoveFinalizer()).isFalse();
    assertThat(control.getScheduleDelay()).isEmpty();
    assertThat(Conditions.status(Conditions.PAUSED, saved())).isEqualTo("True");
  }

  private List<Condition> saved() {
    return requireNonNull(passes.latest(resource)).conditions();
  }

  private void tells(int times) {
    for (var time = 0; time < times; time++) {
      api.onPost(EVENTS, 201, "{}");
    }
  }

  private static String reason(RecordedRequest request) {
    return ScriptedApiServer.body(request).path("reason").asText();
  }

  private static Turn<ManagedIdentityStatus> drifted(Verdict verdict) {
    return new Turn<>(
        status("one", verdict),
        verdict,
        List.of(new Operation("WriteIdentity", "/id", NOW, null, null)),
        List.of(DRIFT),
        Optional.empty());
  }

  private void saves(int times) {
    for (var time = 0; time < times; time++) {
      api.onPatch(STATUS, 200, "{\"metadata\": {\"resourceVersion\": \"%d\"}}".formatted(8 + time));
    }
  }

  private Turn<ManagedIdentityStatus> forbidden() {
    throw new AssertionError("no further turn");
  }

  private static Turn<ManagedIdentityStatus> turn(String id, Verdict verdict) {
    return new Turn<>(status(id, verdict), verdict, List.of(), List.of(), Optional.empty());
  }

  private static Turn<ManagedIdentityStatus> turn(
      String id, Verdict verdict, Supplier<Turn<ManagedIdentityStatus>> next) {
    return new Turn<>(status(id, verdict), verdict, List.of(), List.of(), Optional.of(next));
  }

  private static ManagedIdentityStatus status(String id, Verdict verdict) {
    return ManagedIdentityStatus.EMPTY
        .withResource(id, "westeurope", Ownership.CREATED)
        .concluded(1, 0, null, Conditions.of(verdict, List.of(), 1, NOW));
  }

  private static Verdict troubled(Problem problem) {
    return Verdict.of(List.of(problem), FINE);
  }
}
