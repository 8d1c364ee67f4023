package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.binding.BindingFacts.ExistingAccount;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
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

/** Carries out a plan, step by step; it and its two helpers are the only ones that write. */
final class BindingApplier {
  private final CredentialApplier credentials;
  private final AssignmentApplier assignments;
  private final AccountAnnotations accounts;
  private final Operations operations;

  BindingApplier(AzureGateway azure, AccountAnnotations accounts, InstantSource clock) {
    this.operations = new Operations(clock);
    this.credentials = new CredentialApplier(azure, operations);
    this.assignments = new AssignmentApplier(azure, operations);
    this.accounts = accounts;
  }

  /**
   * Does the steps in order and folds what each taught into the status. A step that only saves
   * something changes nothing but the status. Steps do not depend on each other: a plan holds
   * together only what may fail apart.
   */
  Outcome<IdentityBindingStatus> apply(BindingPlan plan, BindingFacts facts) {
    var status = facts.status();
    var all = new ArrayList<Operation>();
    for (var step : plan.steps()) {
      var done = apply(step, facts, status);
      status = done.status();
      all.addAll(done.operations());
    }
    return new Outcome<>(status, all);
  }

  private Outcome<IdentityBindingStatus> apply(
      Step step, BindingFacts facts, IdentityBindingStatus status) {
    return switch (step) {
      case Step.OfCredential one -> credentials.apply(one, status);
      case Step.OfAssignment one -> assignments.apply(one, status);
      case Step.OfAccount one ->
          switch (facts.subject()) {
            case Subject.Account account -> new Outcome<>(status, List.of(apply(one, account)));
            case Subject.Resource _ -> new Outcome<>(status, List.of());
          };
    };
  }

  private Operation apply(Step.OfAccount step, Subject.Account subject) {
    var target = subject.target();
    var isOwned = subject.existing().map(ExistingAccount::isOwnedByUs).orElse(false);
    return switch (step) {
      case Step.CreateAccount(var annotations) ->
          operation("CreateServiceAccount", target, accounts.create(target, annotations));
      case Step.AnnotateAccount(var uid, var annotations) ->
          operation(
              "AnnotateServiceAccount", target, accounts.set(target, uid, isOwned, annotations));
      case Step.ReleaseAccount(var uid) ->
          operation("ReleaseServiceAccount", target, accounts.set(target, uid, isOwned, Map.of()));
    };
  }

  private Operation operation(
      String verb, AccountAnnotations.Target target, Optional<Problem> problem) {
    var name = "ServiceAccount " + target.namespace() + "/" + target.name();
    return operations.of(verb, name, problem.orElse(null));
  }
}
