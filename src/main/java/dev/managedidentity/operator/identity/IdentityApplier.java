package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureGateway.Grant;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.kube.OwnBindings;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.sharding.ShardPlan;
import dev.managedidentity.operator.sharding.ShardWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out a plan, step by step; the only one that writes what a ManagedIdentity asks for. */
final class IdentityApplier {
  private final AzureGateway azure;
  private final OwnBindings bindings;
  private final ShardWriter shards;
  private final InstantSource clock;
  private final ResourceApplier resources;

  IdentityApplier(
      AzureGateway azure, OwnBindings bindings, ShardWriter shards, InstantSource clock) {
    this.azure = azure;
    this.bindings = bindings;
    this.shards = shards;
    this.clock = clock;
    this.resources = new ResourceApplier(azure, clock);
  }

  /**
   * Does the steps in order and folds what each taught into the status. A step that only saves
   * something changes nothing but the status. A failed role assignment does not keep others from
   * being tried; an identity is deleted or disabled only when nothing before failed.
   */
  Outcome<ManagedIdentityStatus> apply(
      IdentityPlan plan, ManagedIdentityStatus before, ManagedIdentity resource) {
    var status = before;
    var operations = new ArrayList<Operation>();
    for (var step : plan.steps()) {
      if (isLast(step) && hasFailed(operations)) {
        break;
      }
      var done = apply(step, status, resource);
      status = done.status();
      operations.addAll(done.operations());
    }
    return new Outcome<>(status, operations);
  }

  private static boolean isLast(Step step) {
    return step instanceof Step.DeleteIdentity || step instanceof Step.DisableIdentity;
  }

  private static boolean hasFailed(List<Operation> operations) {
    return operations.stream().anyMatch(operation -> operation.problem() != null);
  }

  private Outcome<ManagedIdentityStatus> apply(
      Step step, ManagedIdentityStatus status, ManagedIdentity resource) {
    return switch (step) {
      case Step.RememberIdentity remember ->
          silent(
              status
                  .withResource(remember.id().toString(), remember.location(), remember.how())
                  .withUnknownContent(remember.tags()));
      case Step.DoubtIdentity doubt -> silent(status.withUnknownContent(doubt.tags()));
      case Step.WriteIdentity write -> write(write, status);
      case Step.DeleteIdentity delete -> {
        var answer = azure.deleteIdentity(delete.id());
        yield outcome(
            isDone(answer) ? status.withoutResource() : status,
            operation("DeleteIdentity", delete.id().toString(), answer));
      }
      case Step.RememberResource(var entry) -> silent(ResourceApplier.remember(entry, status));
      case Step.EnableIdentity(var entry) -> resources.enable(entry, status);
      case Step.DisableIdentity(var entry) -> resources.disable(entry, status);
      case Step.FollowResource(var entry) -> resources.follow(entry, status);
      case Step.RememberRole(var entry) -> silent(status.withRole(entry));
      case Step.DoubtRole(var entry) -> silent(status.withRole(entry.in(State.PENDING)));
      case Step.ForgetRole(var entry) -> silent(status.withoutRole(entry));
      case Step.AssignRole assign -> assign(assign, status);
      case Step.UnassignRole(var entry) -> {
        var id = String.valueOf(entry.id());
        var answer = azure.deleteRoleAssignment(id);
        yield outcome(
            isDone(answer) ? status.withoutRole(entry) : status,
            operation("UnassignRole", id, answer));
      }
      case Step.TieToWorkload(var workload, var uid) ->
          quiet("TieToWorkload", status, resource, bindings.own(resource, workload, uid));
      case Step.RememberAccount(var account) -> silent(status.withServiceAccount(account));
      case Step.BindWorkload(var account) ->
          loud("BindWorkload", status, resource, bindings.create(resource, account));
      case Step.ChangeShard(var change) ->
          loud(verb(change), status, resource, shards.apply(resource, change));
      case Step.UnbindWorkload(var uid) ->
          loud("UnbindWorkload", status, resource, bindings.delete(resource, uid));
    };
  }

  private Outcome<ManagedIdentityStatus> write(
      Step.WriteIdentity step, ManagedIdentityStatus status) {
    var answer = azure.writeIdentity(step.definition());
    var next =
        switch (answer) {
          case Answer.Done<AzureIdentity> done ->
              status
                  .withIdentity(
                      done.value().clientId(), done.value().principalId(), done.value().tenantId())
                  .withContent(step.content(), step.tags());
          case Answer.Failed<AzureIdentity> failed ->
              step.isFirstTry() && failed.problem().isDefinite()
                  ? status.withoutResource()
                  : status;
        };
    return outcome(next, operation("WriteIdentity", step.definition().id().toString(), answer));
  }

  private Outcome<ManagedIdentityStatus> assign(
      Step.AssignRole step, ManagedIdentityStatus status) {
    var answer = azure.writeRoleAssignment(step.assignment());
    var next =
        switch (answer) {
          case Answer.Done<Grant>(Grant grant, var _) ->
              step.entry()
                  .written(grant == Grant.OURS ? State.ASSIGNED : State.FOREIGN, step.content());
          case Answer.Failed<Grant>(Problem problem, var _) -> refused(step, problem);
        };
    return outcome(status.withRole(next), operation("AssignRole", step.assignment().id(), answer));
  }

  /** Refused for good only when nothing can have been made by an earlier try. */
  private static RoleAssignmentStatus refused(Step.AssignRole step, Problem problem) {
    var isNothingThere =
        step.isFirstTry()
            && problem.isDefinite()
            && !problem.isTransient()
            && !(problem instanceof Problem.Waiting);
    return step.entry()
        .in(
            isNothingThere ? State.REFUSED : State.PENDING,
            problem.reason().word(),
            problem.message());
  }

  private Operation operation(String verb, String target, Answer<?> answer) {
    return new Operation(
        verb,
        target,
        clock.instant(),
        answer.receipt().correlationId(),
        answer instanceof Answer.Failed<?> failed ? failed.problem() : null);
  }

  private static boolean isDone(Answer<?> answer) {
    return answer instanceof Answer.Done;
  }

  private static String verb(ShardPlan.Step change) {
    return switch (change) {
      case ShardPlan.Step.Apply _ -> "ApplyShard";
      case ShardPlan.Step.Delete _ -> "DeleteShard";
    };
  }

  /** Something in Kubernetes that people need not hear of while it works. */
  private Outcome<ManagedIdentityStatus> quiet(
      String verb,
      ManagedIdentityStatus status,
      ManagedIdentity resource,
      Optional<Problem> problem) {
    return problem.isEmpty() ? silent(status) : loud(verb, status, resource, problem);
  }

  private Outcome<ManagedIdentityStatus> loud(
      String verb,
      ManagedIdentityStatus status,
      ManagedIdentity resource,
      Optional<Problem> problem) {
    var metadata = resource.getMetadata();
    var target = "ManagedIdentity " + metadata.getNamespace() + "/" + metadata.getName();
    return outcome(
        status, new Operation(verb, target, clock.instant(), null, problem.orElse(null)));
  }

  private static Outcome<ManagedIdentityStatus> silent(ManagedIdentityStatus status) {
    return new Outcome<>(status, List.of());
  }

  private static Outcome<ManagedIdentityStatus> outcome(
      ManagedIdentityStatus status, Operation operation) {
    return new Outcome<>(status, List.of(operation));
  }
}
