package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.inventory.CredentialCount;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.kube.ClientIdMaps;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out a plan, step by step; it and its two helpers are the only ones that write. */
final class BindingApplier {
  private final CredentialApplier credentials;
  private final AssignmentApplier assignments;
  private final AccountAnnotations accounts;
  private final ClientIdMaps clientIds;
  private final Operations operations;

  BindingApplier(
      AzureGateway azure,
      AccountWriters accounts,
      SignIns signIns,
      CredentialCount count,
      InstantSource clock) {
    this.operations = new Operations(clock);
    this.credentials = new CredentialApplier(azure, signIns, count, operations);
    this.assignments = new AssignmentApplier(azure, operations);
    this.accounts = accounts.annotations();
    this.clientIds = accounts.clientIds();
  }

  /**
   * Does the steps in order and folds what each taught into the status. A step that only saves
   * something changes nothing but the status. Only steps about the same bearer depend on each
   * other: when its credential could not be written, nothing more is done for it now.
   */
  Outcome<IdentityBindingStatus> apply(BindingPlan plan, BindingFacts facts) {
    var status = facts.status();
    var all = new ArrayList<Operation>();
    var failed = new HashSet<String>();
    for (var step : plan.steps()) {
      var bearer = bearer(step);
      if (bearer.filter(failed::contains).isPresent()) {
        continue;
      }
      var done = apply(step, status);
      status = done.status();
      all.addAll(done.operations());
      if (!done.problems().isEmpty()) {
        bearer.ifPresent(failed::add);
      }
    }
    return new Outcome<>(status, all);
  }

  /** The subject of the tokens that a step is about. */
  private static Optional<String> bearer(Step step) {
    return switch (step) {
      case Step.WriteCredential write -> Optional.of(write.credential().subject());
      case Step.ProveCredential prove -> Optional.of(prove.entry().subject());
      case Step.OfAccount one -> Optional.of(one.target().subject());
      case Step.OfCredential _, Step.OfAssignment _ -> Optional.empty();
    };
  }

  private Outcome<IdentityBindingStatus> apply(Step step, IdentityBindingStatus status) {
    return switch (step) {
      case Step.OfCredential one -> credentials.apply(one, status);
      case Step.OfAssignment one -> assignments.apply(one, status);
      case Step.OfAccount one -> new Outcome<>(status, List.of(apply(one)));
    };
  }

  private Operation apply(Step.OfAccount step) {
    return switch (step) {
      case Step.CreateAccount(var target, var annotations) ->
          operation("CreateServiceAccount", target, accounts.create(target, annotations));
      case Step.AnnotateAccount(var target, var uid, var isOwned, var annotations) ->
          operation(
              "AnnotateServiceAccount", target, accounts.set(target, uid, isOwned, annotations));
      case Step.ReleaseAccount(var target, var uid, var isOwned) ->
          operation("ReleaseServiceAccount", target, accounts.set(target, uid, isOwned, Map.of()));
      case Step.PublishClientId(var target, var map, var entries) ->
          operation("PublishClientId", target, clientIds.publish(map, target, entries));
      case Step.WithdrawClientId(var target, var map, var uid) ->
          operation("WithdrawClientId", target, clientIds.withdraw(map, uid, target));
    };
  }

  private Operation operation(
      String verb, AccountAnnotations.Target target, Optional<Problem> problem) {
    var name = "ServiceAccount " + target.namespace() + "/" + target.name();
    return operations.of(verb, name, problem.orElse(null));
  }
}
