package dev.managedidentity.dev.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.behaviour.Faults;
import dev.managedidentity.dev.emulator.behaviour.Operation;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Request;
import dev.managedidentity.dev.emulator.journal.ActivityEntry;
import dev.managedidentity.dev.emulator.journal.RequestEntry;
import dev.managedidentity.dev.emulator.model.AzureResource;
import dev.managedidentity.dev.emulator.model.Credential;
import dev.managedidentity.dev.emulator.model.Identity;
import dev.managedidentity.dev.emulator.model.RoleAssignment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the control endpoint shows. */
final class ControlReads {
  private final EmulatorControl control;

  ControlReads(EmulatorControl control) {
    this.control = control;
  }

  Optional<JsonNode> read(String what, Request request) {
    var operation = request.parameter("operation").orElse("*");
    return switch (what) {
      case "state" -> Optional.of(state());
      case "counters" -> Optional.of(counters());
      case "requests" ->
          Optional.of(
              list(
                  control.requests().stream()
                      .filter(entry -> Operation.matches(entry.operation(), operation))
                      .toList(),
                  ControlReads::request));
      case "activity" -> Optional.of(list(control.activity(), ControlReads::activity));
      case "faults" -> Optional.of(list(control.faults(), ControlReads::fault));
      default -> Optional.empty();
    };
  }

  private static <T> JsonNode list(List<T> items, Function<T, JsonNode> json) {
    return Json.object().set("value", Json.array(items.stream().map(json).toList()));
  }

  private JsonNode counters() {
    var counters = Json.object();
    control.counters().forEach(counters::put);
    var body = Json.object().put("overlaps", control.overlaps());
    body.set("operations", counters);
    return body;
  }

  private JsonNode state() {
    var snapshot = control.snapshot();
    var body = Json.object().put("count", snapshot.size());
    body.set(
        "identities",
        Json.array(snapshot.identities().stream().map(ControlReads::identity).toList()));
    body.set(
        "credentials",
        Json.array(snapshot.credentials().stream().map(ControlReads::credential).toList()));
    body.set(
        "roleAssignments",
        Json.array(snapshot.roleAssignments().stream().map(ControlReads::assignment).toList()));
    body.set(
        "resources",
        Json.array(snapshot.resources().stream().map(ControlReads::resource).toList()));
    return body;
  }

  static JsonNode resource(AzureResource resource) {
    var body = Json.object().put("id", resource.id().path()).put("type", resource.type());
    var identity = Json.object().put("type", resource.identity().type());
    resource
        .identity()
        .system()
        .ifPresent(
            own -> identity.put("principalId", own.principalId()).put("clientId", own.clientId()));
    identity.set(
        "userAssigned",
        Json.texts(
            resource.identity().userAssigned().stream().map(one -> one.id().path()).toList()));
    body.set("identity", identity);
    body.set("content", resource.content());
    return body;
  }

  static JsonNode identity(Identity identity) {
    var body =
        Json.object()
            .put("id", identity.scope().path())
            .put("location", identity.location())
            .put("isolationScope", identity.isolationScope())
            .put("clientId", identity.clientId())
            .put("principalId", identity.principalId());
    body.set("tags", Json.map(identity.tags()));
    return body;
  }

  private static JsonNode credential(Credential credential) {
    return Json.object()
        .put("id", credential.scope().path())
        .put("issuer", credential.issuer())
        .put("subject", credential.subject())
        .put("audience", credential.audience());
  }

  private static JsonNode assignment(RoleAssignment assignment) {
    var body =
        Json.object()
            .put("id", assignment.id().path())
            .put("scope", assignment.scope().toString())
            .put("principalId", assignment.grant().principalId())
            .put("roleDefinitionId", assignment.grant().roleDefinitionId());
    assignment.condition().ifPresent(condition -> body.put("condition", condition));
    assignment.description().ifPresent(description -> body.put("description", description));
    return body;
  }

  private static JsonNode request(RequestEntry entry) {
    return Json.object()
        .put("time", entry.time().toString())
        .put("method", entry.method())
        .put("path", entry.path())
        .put("operation", entry.operation())
        .put("status", entry.status())
        .put("effectStatus", entry.effectStatus())
        .put("clientRequestId", entry.clientRequestId())
        .put("correlationId", entry.correlationId())
        .put("caller", entry.caller());
  }

  private static JsonNode activity(ActivityEntry entry) {
    return Json.object()
        .put("eventTimestamp", entry.eventTimestamp().toString())
        .put("operationName", entry.operationName())
        .put("status", entry.status())
        .put("httpStatus", entry.httpStatus())
        .put("correlationId", entry.correlationId())
        .put("resourceId", entry.resourceId().path())
        .put("caller", entry.caller());
  }

  private static JsonNode fault(Faults.Standing fault) {
    return Json.object()
        .put("id", fault.id())
        .put("operation", fault.rule().operation())
        .put("kind", fault.rule().fault().getClass().getSimpleName())
        .put("hanging", fault.hanging());
  }
}
