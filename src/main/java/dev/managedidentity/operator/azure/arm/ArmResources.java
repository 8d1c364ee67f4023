package dev.managedidentity.operator.azure.arm;

import com.azure.core.http.HttpHeaderName;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.IdentityChange;
import dev.managedidentity.operator.azure.Progress;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads and changes the identities of resources of any type, and follows changes that take Azure a
 * while. What a change must leave alone is compared before and after.
 */
final class ArmResources {
  private static final List<HttpHeaderName> OPERATION_LINKS =
      List.of(HttpHeaderName.fromString("Azure-AsyncOperation"), HttpHeaderName.LOCATION);

  private final ArmCalls calls;
  private final ApiVersions versions;
  private final ArmEndpoint endpoint;
  private final ArmOperations operations;

  ArmResources(
      ArmCalls calls, ApiVersions versions, ArmEndpoint endpoint, ProblemClassifier classifier) {
    this.calls = calls;
    this.versions = versions;
    this.endpoint = endpoint;
    this.operations = new ArmOperations(calls, classifier);
  }

  Answer<Optional<AzureResource>> find(String id) {
    return ArmCalls.then(
        versions.find(id),
        version ->
            ArmCalls.then(
                read(id, version.value()),
                found ->
                    new Answer.Done<>(
                        found.value().map(ResourceReading::resource), found.receipt())));
  }

  Answer<Progress> change(String id, IdentityChange change) {
    return ArmCalls.then(
        versions.find(id),
        version ->
            ArmCalls.then(
                existing(id, version.value()),
                before ->
                    change.isDoneOn(before.value().resource())
                        ? finished(before.value(), before.receipt())
                        : change(new Attempt(id, version.value(), before.value(), change))));
  }

  /** How far an operation is; one that Azure forgot, or hides, is judged by its resource. */
  Answer<Progress> follow(String operation, String id) {
    return ArmCalls.then(
        operations.ask(target(operation)),
        state ->
            switch (state.value()) {
              case ArmOperations.State.Running _ ->
                  new Answer.Done<>(new Progress.Running(operation), state.receipt());
              case ArmOperations.State.Failed(var problem) ->
                  new Answer.Failed<>(problem, state.receipt());
              case ArmOperations.State.Ended _ -> ended(operation, id, false);
              case ArmOperations.State.Unknown _ -> ended(operation, id, true);
            });
  }

  private Answer<Progress> ended(String operation, String id, boolean isDoubtful) {
    return ArmCalls.then(
        versions.find(id),
        version ->
            ArmCalls.then(
                existing(id, version.value()),
                found ->
                    isDoubtful && found.value().isAtWork()
                        ? new Answer.Done<>(new Progress.Running(operation), found.receipt())
                        : finished(found.value(), found.receipt())));
  }

  /** A link that was kept but leads elsewhere, perhaps to the cloud of another day, is not used. */
  private Optional<String> target(String operation) {
    try {
      return Optional.of(endpoint.target(operation));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private Answer<Progress> change(Attempt attempt) {
    Answer<Outcome> sent =
        calls.send(
            ArmRequest.patch(
                Call.CHANGE_RESOURCE,
                attempt.id(),
                attempt.version(),
                attempt.before().patch(attempt.change()),
                attempt.before().etag()),
            reply -> List.of(200, 201, 202, 204).contains(reply.status()),
            reply -> outcome(attempt.id(), reply));
    return ArmCalls.then(
        sent,
        outcome ->
            switch (outcome.value()) {
              case Outcome.Begun(var operation) ->
                  new Answer.Done<>(new Progress.Running(operation), outcome.receipt());
              case Outcome.Shown(var after) when isIgnored(attempt, after) ->
                  new Answer.Failed<>(ignored(attempt.id()), outcome.receipt());
              case Outcome.Shown(var after) -> judge(attempt, after, outcome.receipt());
              case Outcome.Unseen _ ->
                  ArmCalls.then(
                      existing(attempt.id(), attempt.version()),
                      after -> judge(attempt, after.value(), outcome.receipt()));
            });
  }

  private Outcome outcome(String id, Answered reply) throws IOException {
    for (var name : OPERATION_LINKS) {
      var link = reply.headers().getValue(name);
      if (link != null) {
        return new Outcome.Begun(endpoint.absolute(link));
      }
    }
    if (!reply.isSuccess() || reply.body().isBlank()) {
      return new Outcome.Unseen();
    }
    return id.equalsIgnoreCase(reply.object().text("id"))
        ? new Outcome.Shown(ResourceReading.of(id, reply))
        : new Outcome.Unseen();
  }

  private static Answer<Progress> judge(Attempt attempt, ResourceReading after, Receipt receipt) {
    return attempt.change().isDoneOn(after.resource())
            && after.keeps(attempt.before(), attempt.change())
        ? finished(after, receipt)
        : new Answer.Failed<>(undone(attempt.id(), after), receipt);
  }

  private static Problem undone(String id, ResourceReading after) {
    return after.isAtWork()
        ? new Problem.Waiting(Reason.OPERATION_IN_PROGRESS, "Azure is at work on %s.".formatted(id))
        : new Problem.Contended(
            "Somebody else changed the identities of %s at the same moment.".formatted(id));
  }

  /** Some providers let a PATCH change nothing but tags, and say nothing. */
  private static boolean isIgnored(Attempt attempt, ResourceReading after) {
    return after.isLike(attempt.before()) && !after.isAtWork();
  }

  private static Problem ignored(String id) {
    return new Problem.Rejected(
        Reason.IDENTITY_NOT_SUPPORTED,
        "Azure took the change of the identities of %s and did not make it.".formatted(id));
  }

  private static Answer<Progress> finished(ResourceReading reading, Receipt receipt) {
    return new Answer.Done<>(new Progress.Finished(reading.resource()), receipt);
  }

  private Answer<ResourceReading> existing(String id, String version) {
    return ArmCalls.then(
        read(id, version),
        found ->
            found
                .value()
                .<Answer<ResourceReading>>map(
                    reading -> new Answer.Done<>(reading, found.receipt()))
                .orElseGet(() -> new Answer.Failed<>(missing(id), found.receipt())));
  }

  private static Problem missing(String id) {
    return new Problem.Missing(
        Reason.AZURE_RESOURCE_NOT_FOUND, "Azure has no resource %s.".formatted(id));
  }

  private Answer<Optional<ResourceReading>> read(String id, String version) {
    return calls.send(
        ArmRequest.get(Call.FIND_RESOURCE, id, version),
        reply -> reply.isSuccess() || isGone(reply),
        reply -> reply.isSuccess() ? Optional.of(ResourceReading.of(id, reply)) : Optional.empty());
  }

  /** Each provider has its own code; but what says nothing of the resource does not count. */
  private static boolean isGone(Answered reply) {
    var code = reply.error().code();
    return reply.isAbsent()
        && !code.isEmpty()
        && !code.startsWith("Invalid")
        && !code.startsWith("Subscription");
  }

  /** A change that is about to be made of a resource as it was. */
  private record Attempt(
      String id, String version, ResourceReading before, IdentityChange change) {}

  /** What Azure said to a change. */
  private sealed interface Outcome {
    /** It works on it. */
    record Begun(String operation) implements Outcome {}

    /** It shows the resource. */
    record Shown(ResourceReading after) implements Outcome {}

    /** It says only that it was done. */
    record Unseen() implements Outcome {}
  }
}
