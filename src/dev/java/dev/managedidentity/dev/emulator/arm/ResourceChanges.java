package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.behaviour.Behaviour;
import dev.managedidentity.dev.emulator.behaviour.LongRunning.Failure;
import dev.managedidentity.dev.emulator.behaviour.PendingOperation;
import dev.managedidentity.dev.emulator.behaviour.PendingOperation.Status;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.AzureResource;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Scope;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes resources, at once or, where a rule says so, when a client has asked often enough. */
final class ResourceChanges {
  private static final String COMPUTE = "Microsoft.Compute/";
  static final String RETRY_AFTER = "1";

  private final Cloud cloud;
  private final Behaviour behaviour;
  private final ResourceJson json;
  private final String endpoint;

  ResourceChanges(Cloud cloud, Behaviour behaviour, ResourceJson json, String endpoint) {
    this.cloud = cloud;
    this.behaviour = behaviour;
    this.json = json;
    this.endpoint = endpoint;
  }

  /** Must be called {@link Cloud#atomically}; {@code edit} throws what it refuses. */
  Reply create(ArmCall call, AzureResource empty, UnaryOperator<AzureResource> edit) {
    var wanted = edit.apply(empty);
    if (behaviour.longRunning().rule(empty.type()).isEmpty()) {
      store(wanted);
      return json.reply(201, wanted);
    }
    store(empty);
    return begin(call, empty, 201, edit);
  }

  /** The same for a resource that exists. */
  Reply update(ArmCall call, AzureResource existing, UnaryOperator<AzureResource> edit) {
    if (isBusy(existing)) {
      throw new ArmRefusal(ResourceErrors.operationInProgress());
    }
    var wanted = edit.apply(existing);
    if (behaviour.longRunning().rule(existing.type()).isEmpty()) {
      forget(existing.id());
      store(wanted);
      return json.reply(200, wanted);
    }
    boolean answersWithBody =
        call.request().method().equals("PUT")
            || existing.type().regionMatches(true, 0, COMPUTE, 0, COMPUTE.length());
    return begin(call, existing, answersWithBody ? 200 : 202, edit);
  }

  /** Asks after the operation that is under way on this resource, if there is one. */
  void poll(Scope resource, Instant now) {
    behaviour.longRunning().newest(resource.key()).ifPresent(operation -> operation.poll(now));
  }

  void forget(Scope resource) {
    behaviour.longRunning().forget(resource.key());
  }

  private boolean isBusy(AzureResource resource) {
    return behaviour
        .longRunning()
        .newest(resource.id().key())
        .filter(operation -> operation.progress().status() == Status.IN_PROGRESS)
        .isPresent();
  }

  private Reply begin(
      ArmCall call, AzureResource resource, int status, UnaryOperator<AzureResource> edit) {
    var longRunning = behaviour.longRunning();
    var rule = longRunning.rule(resource.type()).orElseThrow();
    var operation =
        longRunning.begin(
            resource.id().key(), rule, call.now(), () -> finished(resource.id(), edit));
    var monitor = monitor(call, resource, operation);
    return status == 202
        ? waiting(monitor).with("Azure-AsyncOperation", monitor)
        : json.reply(status, resource).with("Azure-AsyncOperation", monitor);
  }

  private String monitor(ArmCall call, AzureResource resource, PendingOperation operation) {
    return "%s/subscriptions/%s/providers/%s/%s/operations/%s?api-version=%s"
        .formatted(
            endpoint,
            resource.id().subscriptionId().orElseThrow(),
            resource.type().substring(0, resource.type().indexOf('/')),
            "locations/" + resource.location(),
            operation.id(),
            call.apiVersion());
  }

  /** The reply to who must ask again; what is behind {@code Location} answers like the write. */
  static Reply waiting(String monitor) {
    var location = monitor.contains("monitor=true") ? monitor : monitor + "&monitor=true";
    return Reply.empty(202).with(Map.of("Location", location, "Retry-After", RETRY_AFTER));
  }

  private Optional<Failure> finished(Scope id, UnaryOperator<AzureResource> edit) {
    try {
      var current =
          cloud
              .resources()
              .find(id)
              .orElseThrow(() -> new ArmRefusal(GenericResources.notFound(id)));
      store(edit.apply(current));
      return Optional.empty();
    } catch (ArmRefusal refusal) {
      return Optional.of(new Failure(refusal.error().code(), refusal.error().message()));
    }
  }

  private void store(AzureResource resource) {
    var known = behaviour.clock().instant().plus(behaviour.propagation().get().principals());
    cloud.resources().put(resource, known);
  }
}
