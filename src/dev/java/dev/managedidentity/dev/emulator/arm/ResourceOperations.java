package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.arm.ArmPath.Level;
import dev.managedidentity.dev.emulator.behaviour.Behaviour;
import dev.managedidentity.dev.emulator.behaviour.LongRunning.Failure;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.behaviour.PendingOperation;
import dev.managedidentity.dev.emulator.behaviour.PendingOperation.Progress;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.List;
import java.util.Set;

/**
 * The operations that take their time, as their clients ask for them: by {@code
 * Azure-AsyncOperation} for a status, by {@code Location} for the reply of the write itself.
 */
final class ResourceOperations {
  private final Cloud cloud;
  private final Behaviour behaviour;
  private final Providers providers;
  private final ResourceJson json;
  private final String endpoint;

  ResourceOperations(
      Cloud cloud, Behaviour behaviour, Providers providers, ResourceJson json, String endpoint) {
    this.cloud = cloud;
    this.behaviour = behaviour;
    this.providers = providers;
    this.json = json;
    this.endpoint = endpoint;
  }

  List<Route> routes() {
    return providers.ofResources().stream()
        .map(ProviderType::namespace)
        .distinct()
        .map(namespace -> namespace + "/" + Providers.OPERATIONS)
        .map(
            type ->
                Route.of(OperationKind.READ, "GET", type, Set.of(Level.SUBSCRIPTION), this::get))
        .toList();
  }

  private Reply get(ArmCall call) {
    var operation =
        behaviour
            .longRunning()
            .find(call.path().name())
            .orElseThrow(
                () -> new ArmRefusal(GatewayErrors.unknownPath(call.path().target().path())));
    var progress = cloud.atomically(() -> operation.poll(call.now()));
    return call.request().parameter("monitor").isPresent()
        ? result(call, operation, progress)
        : status(operation, progress);
  }

  private Reply result(ArmCall call, PendingOperation operation, Progress progress) {
    return switch (progress.status()) {
      case IN_PROGRESS ->
          ResourceChanges.waiting(
              endpoint + call.path().target().path() + "?api-version=" + call.apiVersion());
      case SUCCEEDED ->
          cloud
              .resources()
              .find(new Scope(operation.resourceKey()))
              .map(resource -> json.reply(200, resource))
              .orElseGet(() -> Reply.empty(204));
      case FAILED ->
          progress
              .failure()
              .map(failure -> new ArmError(409, failure.code(), failure.message()).reply())
              .orElseThrow();
    };
  }

  private static Reply status(PendingOperation operation, Progress progress) {
    var body = Json.object().put("startTime", progress.start().toString());
    progress.end().ifPresent(end -> body.put("endTime", end.toString()));
    body.put(
            "status",
            switch (progress.status()) {
              case IN_PROGRESS -> "InProgress";
              case SUCCEEDED -> "Succeeded";
              case FAILED -> "Failed";
            })
        .put("name", operation.id());
    progress.failure().ifPresent(failure -> body.set("error", error(failure)));
    var reply = Reply.json(200, body);
    return progress.end().isPresent()
        ? reply
        : reply.with("Retry-After", ResourceChanges.RETRY_AFTER);
  }

  private static JsonNode error(Failure failure) {
    return Json.object().put("code", failure.code()).put("message", failure.message());
  }
}
