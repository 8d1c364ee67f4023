package dev.managedidentity.operator.kube;

import static dev.managedidentity.operator.kube.ScriptedApiServer.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Forecast;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRecorderTest {
  private static final String EVENTS = "/apis/events.k8s.io/v1/namespaces/shop/events";
  private static final int NOTE_BYTES = 1024;

  private final ScriptedApiServer api = new ScriptedApiServer();
  private final EventRecorder events = new EventRecorder(api.client(), "operator-1");

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aSuccessIsANormalEventOnTheResource() {
    var event = record(resource("orders"), operation("c-1", null));

    assertThat(text(event, "/type")).isEqualTo("Normal");
    assertThat(text(event, "/reason")).isEqualTo("WriteIdentity");
    assertThat(text(event, "/action")).isEqualTo("WriteIdentity");
    assertThat(text(event, "/note"))
        .isEqualTo("WriteIdentity succeeded (correlation id c-1): /target");
    assertThat(text(event, "/eventTime")).isEqualTo("2026-03-01T12:00:00.123456Z");
    assertThat(text(event, "/reportingController")).isEqualTo("managed-identity-operator");
    assertThat(text(event, "/reportingInstance")).isEqualTo("operator-1");
    assertThat(text(event, "/metadata/generateName")).isEqualTo("orders-");
    assertThat(text(event, "/regarding/apiVersion")).isEqualTo("managedidentity.dev/v1alpha1");
    assertThat(text(event, "/regarding/kind")).isEqualTo("ManagedIdentity");
    assertThat(text(event, "/regarding/namespace")).isEqualTo("shop");
    assertThat(text(event, "/regarding/name")).isEqualTo("orders");
    assertThat(text(event, "/regarding/uid")).isEqualTo("uid-1");
  }

  @Test
  void aFailureIsAWarningWithItsReason() {
    var event =
        record(
            resource("orders"),
            operation("c-1", new Problem.Denied(Reason.AUTHORIZATION_FAILED, "No right.")));

    assertThat(text(event, "/type")).isEqualTo("Warning");
    assertThat(text(event, "/reason")).isEqualTo("AuthorizationFailed");
    assertThat(text(event, "/note"))
        .isEqualTo(
            "WriteIdentity failed (correlation id c-1): /target: No right. Grant it the action that"
                + " the message names at that scope.");
  }

  @Test
  void aChangeByOthersIsAWarningThatSaysWhatIsDone() {
    api.onPost(EVENTS, 201, "{}");

    events.record(
        resource("orders"),
        new Finding(
            Finding.Kind.IDENTITY_DELETED,
            "/target",
            "The identity was deleted in Azure; it is made again.",
            Instant.parse("2026-03-01T12:00:00Z")));

    var event = ScriptedApiServer.body(api.requests().getFirst());
    assertThat(text(event, "/type")).isEqualTo("Warning");
    assertThat(text(event, "/reason")).isEqualTo("DriftFound");
    assertThat(text(event, "/action")).isEqualTo("Repair");
    assertThat(text(event, "/note"))
        .isEqualTo("The identity was deleted in Azure; it is made again.");
    assertThat(text(event, "/regarding/uid")).isEqualTo("uid-1");
  }

  @Test
  void aWriteThatNothingAnsweredHasNoCorrelationId() {
    var event = record(resource("orders"), operation(null, new Problem.Unreachable("Lost.")));

    assertThat(text(event, "/note")).startsWith("WriteIdentity failed: /target: Lost.");
  }

  /** The API server counts bytes and refuses the Event; its own message says characters. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "…", "😀"})
  void aLongNoteFitsTheApiServerAndKeepsItsCorrelationId(String letter) {
    var problem = new Problem.Unreachable(letter.repeat(1_500));

    var note = text(record(resource("orders"), operation("c-1", problem)), "/note");

    assertThat(note.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(NOTE_BYTES - 10, NOTE_BYTES);
    assertThat(note).contains("correlation id c-1").endsWith(letter + "...");
  }

  @Test
  void aLongNameIsCut() {
    var event = record(resource("o".repeat(253)), operation("c-1", null));

    assertThat(text(event, "/metadata/generateName")).matches("o{100,240}-");
    assertThat(text(event, "/regarding/name")).hasSize(253);
  }

  @Test
  void aLostEventIsNoError() {
    var resource = resource("orders");
    api.onPost(EVENTS, 403, failure(403, "Forbidden", "no"));

    assertThatNoException().isThrownBy(() -> events.record(resource, operation("c-1", null)));
    api.stop();
    assertThatNoException().isThrownBy(() -> events.record(resource, operation("c-1", null)));
  }

  @Test
  void workThatAzureHasTakenOnIsNoFailure() {
    var event =
        record(
            resource("orders"),
            operation("c-1", new Problem.Waiting(Reason.OPERATION_IN_PROGRESS, "At work.")));

    assertThat(text(event, "/type")).isEqualTo("Normal");
    assertThat(text(event, "/reason")).isEqualTo("WriteIdentity");
    assertThat(text(event, "/note"))
        .isEqualTo("WriteIdentity is under way (correlation id c-1): /target");
  }

  @Test
  void aForecastIsANormalEventWithNumberedSteps() {
    api.onPost(EVENTS, 201, "{}");

    events.record(
        resource("orders"),
        new Forecast(List.of("WriteIdentity /x", "AssignRole R at /s"), Instant.EPOCH).notice());

    var event = ScriptedApiServer.body(api.requests().getFirst());
    assertThat(text(event, "/type")).isEqualTo("Normal");
    assertThat(text(event, "/reason")).isEqualTo("Planned");
    assertThat(text(event, "/note"))
        .isEqualTo("Would be written: 1. WriteIdentity /x; 2. AssignRole R at /s.");
    assertThat(new Forecast(List.of(), Instant.EPOCH).notice().words())
        .contains("Nothing would be written");
  }

  private JsonNode record(ManagedIdentity resource, Operation operation) {
    api.onPost(EVENTS, 201, "{}");
    events.record(resource, operation);
    return ScriptedApiServer.body(api.requests().getFirst());
  }

  private static String text(JsonNode event, String path) {
    return event.at(path).asText();
  }

  private static ManagedIdentity resource(String name) {
    var resource = new ManagedIdentity();
    resource.getMetadata().setNamespace("shop");
    resource.getMetadata().setName(name);
    resource.getMetadata().setUid("uid-1");
    return resource;
  }

  private static Operation operation(@Nullable String correlationId, @Nullable Problem problem) {
    var time = Instant.parse("2026-03-01T12:00:00.123456789Z");
    return new Operation("WriteIdentity", "/target", time, correlationId, problem);
  }
}
