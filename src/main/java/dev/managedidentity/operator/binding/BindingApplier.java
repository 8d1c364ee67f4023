package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out a plan, step by step; the only one that writes credentials and annotations. */
final class BindingApplier {
  private final AzureGateway azure;
  private final AccountAnnotations accounts;
  private final InstantSource clock;

  BindingApplier(AzureGateway azure, AccountAnnotations accounts, InstantSource clock) {
    this.azure = azure;
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * Does the steps in order and folds what each taught into the status. A step that only saves
   * something changes nothing but the status. Steps do not depend on each other: a plan holds
   * together only what may fail apart.
   */
  Outcome<IdentityBindingStatus> apply(BindingPlan plan, BindingFacts facts) {
    var status = facts.status();
    var operations = new ArrayList<Operation>();
    for (var step : plan.steps()) {
      var done = apply(step, facts, status);
      status = done.status();
      operations.addAll(done.operations());
    }
    return new Outcome<>(status, operations);
  }

  private Outcome<IdentityBindingStatus> apply(
      Step step, BindingFacts facts, IdentityBindingStatus status) {
    var target = facts.subject().target();
    var isOwned = facts.account().map(BindingFacts.Account::isOwnedByUs).orElse(false);
    return switch (step) {
      case Step.RememberCredential remember ->
          new Outcome<>(status.withCredential(remember.entry()), List.of());
      case Step.DoubtCredential doubt ->
          new Outcome<>(status.withCredential(doubt.entry().in(State.PENDING)), List.of());
      case Step.ForgetCredential forget ->
          new Outcome<>(status.withoutCredential(forget.entry()), List.of());
      case Step.WriteCredential write -> write(write, status);
      case Step.DeleteCredential(var entry) -> {
        var identity = IdentityId.parse(entry.identity());
        var answer = azure.deleteCredential(identity, entry.name());
        var id = entry.identity() + "/federatedIdentityCredentials/" + entry.name();
        yield new Outcome<>(
            answer instanceof Answer.Done ? status.withoutCredential(entry) : status,
            List.of(operation("DeleteCredential", id, answer)));
      }
      case Step.CreateAccount(var annotations) ->
          account("CreateServiceAccount", facts, status, accounts.create(target, annotations));
      case Step.AnnotateAccount(var uid, var annotations) ->
          account(
              "AnnotateServiceAccount",
              facts,
              status,
              accounts.set(target, uid, isOwned, annotations));
      case Step.ReleaseAccount(var uid) ->
          account(
              "ReleaseServiceAccount", facts, status, accounts.set(target, uid, isOwned, Map.of()));
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
        status.withCredential(BindingPlanner.entry(step.credential(), state)),
        List.of(operation("WriteCredential", step.credential().id(), answer)));
  }

  private Outcome<IdentityBindingStatus> account(
      String verb, BindingFacts facts, IdentityBindingStatus status, Optional<Problem> problem) {
    var target = facts.subject().target();
    var name = "ServiceAccount " + target.namespace() + "/" + target.name();
    return new Outcome<>(
        status, List.of(new Operation(verb, name, clock.instant(), null, problem.orElse(null))));
  }

  private Operation operation(String verb, String target, Answer<?> answer) {
    var problem = answer instanceof Answer.Failed<?> failed ? failed.problem() : null;
    return new Operation(verb, target, clock.instant(), answer.receipt().correlationId(), problem);
  }
}
