package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ResourceIdentityStatus;
import dev.managedidentity.operator.api.ResourceIdentityStatus.State;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.IdentityChange;
import dev.managedidentity.operator.azure.Progress;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Enables and disables the system-assigned identities of Azure resources. */
final class ResourceApplier {
  private final AzureGateway azure;
  private final InstantSource clock;

  ResourceApplier(AzureGateway azure, InstantSource clock) {
    this.azure = azure;
    this.clock = clock;
  }

  /** The principal of a resource that is gone is gone too. */
  static ManagedIdentityStatus remember(
      ResourceIdentityStatus entry, ManagedIdentityStatus status) {
    var next = status.withAzureResource(entry);
    return entry.state() == State.GONE ? next.withIdentity(null, null, null) : next;
  }

  Outcome<ManagedIdentityStatus> enable(
      ResourceIdentityStatus entry, ManagedIdentityStatus status) {
    var answer = azure.changeResource(entry.id(), new IdentityChange.Enable());
    return progressed("EnableIdentity", entry, status, answer);
  }

  Outcome<ManagedIdentityStatus> follow(
      ResourceIdentityStatus entry, ManagedIdentityStatus status) {
    var answer = azure.followOperation(String.valueOf(entry.operation()), entry.id());
    return progressed("FollowOperation", entry, status, answer);
  }

  private Outcome<ManagedIdentityStatus> progressed(
      String verb,
      ResourceIdentityStatus entry,
      ManagedIdentityStatus status,
      Answer<Progress> answer) {
    return switch (answer) {
      case Answer.Done<Progress>(Progress.Finished(AzureResource resource), var receipt) ->
          outcome(
              enabled(resource, entry, status),
              operation(verb, entry, null, receipt.correlationId()));
      case Answer.Done<Progress>(Progress.Running(String url), var receipt) ->
          outcome(
              status.withAzureResource(entry.waitingFor(url)),
              operation(verb, entry, atWork(entry), receipt.correlationId()));
      case Answer.Failed<Progress>(Problem problem, var receipt) ->
          outcome(
              failed(problem, entry, status),
              operation(verb, entry, problem, receipt.correlationId()));
    };
  }

  /** An operation that failed is over; a resource that is not found is gone. */
  private static ManagedIdentityStatus failed(
      Problem problem, ResourceIdentityStatus entry, ManagedIdentityStatus status) {
    if (problem.reason() == Reason.AZURE_RESOURCE_NOT_FOUND) {
      return remember(entry.in(State.GONE), status);
    }
    return problem.isTransient() ? status : status.withAzureResource(entry.in(State.PENDING));
  }

  private static ManagedIdentityStatus enabled(
      AzureResource resource, ResourceIdentityStatus entry, ManagedIdentityStatus status) {
    return resource.isSystemAssigned()
        ? status
            .withAzureResource(entry.in(State.ENABLED))
            .withIdentity(null, resource.principalId(), resource.tenantId())
        : status.withAzureResource(entry.in(State.PENDING));
  }

  /** Nothing is to be disabled on a resource that is gone. */
  Outcome<ManagedIdentityStatus> disable(
      ResourceIdentityStatus entry, ManagedIdentityStatus status) {
    var verb = "DisableIdentity";
    return switch (azure.changeResource(entry.id(), new IdentityChange.Disable())) {
      case Answer.Done<Progress>(Progress.Finished _, var receipt) ->
          outcome(
              status.withAzureResource(null),
              operation(verb, entry, null, receipt.correlationId()));
      case Answer.Done<Progress>(Progress.Running(String url), var receipt) ->
          outcome(
              status.withAzureResource(entry.waitingFor(url)),
              operation(verb, entry, atWork(entry), receipt.correlationId()));
      case Answer.Failed<Progress>(Problem problem, var receipt)
          when problem.reason() == Reason.AZURE_RESOURCE_NOT_FOUND ->
          outcome(
              status.withAzureResource(null),
              operation(verb, entry, null, receipt.correlationId()));
      case Answer.Failed<Progress>(Problem problem, var receipt) ->
          outcome(status, operation(verb, entry, problem, receipt.correlationId()));
    };
  }

  private static Problem atWork(ResourceIdentityStatus entry) {
    return new Problem.Waiting(
        Reason.OPERATION_IN_PROGRESS, "Azure is at work on %s.".formatted(entry.id()));
  }

  private Operation operation(
      String verb,
      ResourceIdentityStatus entry,
      @Nullable Problem problem,
      @Nullable String correlationId) {
    return new Operation(verb, entry.id(), clock.instant(), correlationId, problem);
  }

  private static Outcome<ManagedIdentityStatus> outcome(
      ManagedIdentityStatus status, Operation operation) {
    return new Outcome<>(status, List.of(operation));
  }
}
