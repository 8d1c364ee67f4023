package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.plan.Outcome;
import java.util.List;

/** Carries out steps about federated credentials. */
final class CredentialApplier {
  private final AzureGateway azure;
  private final Operations operations;

  CredentialApplier(AzureGateway azure, Operations operations) {
    this.azure = azure;
    this.operations = operations;
  }

  Outcome<IdentityBindingStatus> apply(Step.OfCredential step, IdentityBindingStatus status) {
    return switch (step) {
      case Step.RememberCredential(var entry) ->
          new Outcome<>(status.withCredential(entry), List.of());
      case Step.DoubtCredential(var entry) ->
          new Outcome<>(status.withCredential(entry.in(State.PENDING)), List.of());
      case Step.ForgetCredential(var entry) ->
          new Outcome<>(status.withoutCredential(entry), List.of());
      case Step.WriteCredential write -> write(write, status);
      case Step.DeleteCredential(var entry) -> delete(entry, status);
    };
  }

  private Outcome<IdentityBindingStatus> write(
      Step.WriteCredential step, IdentityBindingStatus status) {
    var answer = azure.writeCredential(step.credential());
    var state =
        switch (answer) {
          case Answer.Done<Void> _ -> State.ACTIVE;
          case Answer.Failed<Void> failed ->
              step.isFirstTry() && failed.problem().isDefinite() ? State.REFUSED : State.PENDING;
        };
    return new Outcome<>(
        status.withCredential(CredentialPlanner.entry(step.credential(), step.clientId(), state)),
        List.of(operations.of("WriteCredential", step.credential().id(), answer)));
  }

  private Outcome<IdentityBindingStatus> delete(
      FederatedCredentialStatus entry, IdentityBindingStatus status) {
    var answer = azure.deleteCredential(IdentityId.parse(entry.identity()), entry.name());
    var id = entry.identity() + "/federatedIdentityCredentials/" + entry.name();
    return new Outcome<>(
        answer instanceof Answer.Done ? status.withoutCredential(entry) : status,
        List.of(operations.of("DeleteCredential", id, answer)));
  }
}
