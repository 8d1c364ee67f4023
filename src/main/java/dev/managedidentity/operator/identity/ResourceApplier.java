package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ResourceIdentityStatus;
import dev.managedidentity.operator.api.ResourceIdentityStatus.State;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.IdentityChange;
import dev.managedidentity.operator.azure.Progress;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Enables and disables the system-assigned identities of Azure resources. A change that Azure takes
 * its time for is reported when it begins and when it has ended.
 */
final class ResourceApplier {
  private static final String ENABLE = "EnableIdentity";
  private static final String DISABLE = "DisableIdentity";

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
    return switch (azure.changeResource(entry.id(), new IdentityChange.Enable())) {
      case Answer.Done<Progress>(Progress.Finished(AzureResource resource), var receipt) ->
          outcome(
              enabled(resource, entry, status),
              operation(ENABLE, entry, null, receipt.correlationId()));
      case Answer.Done<Progress>(Progress.Running(String url), var receipt) ->
          begun(ENABLE, url, entry, status, receipt);
      case Answer.Failed<Progress>(Problem problem, var receipt) ->
          outcome(
              failed(problem, entry, status),
              operation(ENABLE, entry, problem, receipt.correlationId()));
    };
  }

  /** Nothing is told of an operation that goes on; its end is told by what it has done. */
  Outcome<ManagedIdentityStatus> follow(
      ResourceIdentityStatus entry, ManagedIdentityStatus status) {
    return switch (azure.followOperation(String.valueOf(entry.operation()), entry.id())) {
      case Answer.Done<Progress>(Progress.Finished(AzureResource resource), var receipt) ->
          outcome(
              enabled(resource, entry, status),
              operation(
                  resource.isSystemAssigned() ? ENABLE : DISABLE,
                  entry,
                  null,
                  receipt.correlationId()));
      case Answer.Done<Progress>(Progress.Running(String url), var _) ->
          new Outcome<>(status.withAzureResource(entry.waitingFor(url)), List.of());
      case Answer.Failed<Progress>(Problem problem, var receipt) ->
          outcome(
              failed(problem, entry, status),
              operation(
                  entry.state() == State.ENABLED ? DISABLE : ENABLE,
                  entry,
                  problem,
                  receipt.correlationId()));
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
    return switch (azure.changeResource(entry.id(), new IdentityChange.Disable())) {
      case Answer.Done<Progress>(Progress.Finished _, var receipt) ->
          outcome(
              status.withAzureResource(null),
              operation(DISABLE, entry, null, receipt.correlationId()));
      case Answer.Done<Progress>(Progress.Running(String url), var receipt) ->
          begun(DISABLE, url, entry, status, receipt);
      case Answer.Failed<Progress>(Problem problem, var receipt)
          when problem.reason() == Reason.AZURE_RESOURCE_NOT_FOUND ->
          outcome(
              status.withAzureResource(null),
              operation(DISABLE, entry, null, receipt.correlationId()));
      case Answer.Failed<Progress>(Problem problem, var receipt) ->
          outcome(status, operation(DISABLE, entry, problem, receipt.correlationId()));
    };
  }

  private Outcome<ManagedIdentityStatus> begun(
      String verb,
      String url,
      ResourceIdentityStatus entry,
      ManagedIdentityStatus status,
      Receipt receipt) {
    return outcome(
        status.withAzureResource(entry.waitingFor(url)),
        operation(verb, entry, atWork(entry), receipt.correlationId()));
  }

  /** Why nothing more can be done for the resource now. */
  static Problem atWork(ResourceIdentityStatus entry) {
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
