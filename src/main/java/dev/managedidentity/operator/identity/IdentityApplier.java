package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureGateway.Grant;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out a plan, step by step; the only one that writes identities and role assignments. */
final class IdentityApplier {
  private final AzureGateway azure;
  private final InstantSource clock;

  IdentityApplier(AzureGateway azure, InstantSource clock) {
    this.azure = azure;
    this.clock = clock;
  }

  /**
   * Does the steps in order and folds what each taught into the status. A step that only saves
   * something changes nothing but the status. A failed role assignment does not keep others from
   * being tried; an identity is deleted only when nothing before failed.
   */
  Outcome<ManagedIdentityStatus> apply(IdentityPlan plan, ManagedIdentityStatus before) {
    var status = before;
    var operations = new ArrayList<Operation>();
    for (var step : plan.steps()) {
      if (step instanceof Step.DeleteIdentity && hasFailed(operations)) {
        break;
      }
      var done = apply(step, status);
      status = done.status();
      operations.addAll(done.operations());
    }
    return new Outcome<>(status, operations);
  }

  private static boolean hasFailed(List<Operation> operations) {
    return operations.stream().anyMatch(operation -> operation.problem() != null);
  }

  private Outcome<ManagedIdentityStatus> apply(Step step, ManagedIdentityStatus status) {
    return switch (step) {
      case Step.RememberIdentity remember ->
          silent(
              status.withResource(
                  remember.id().toString(), remember.location(), Ownership.CREATED));
      case Step.DoubtIdentity _ -> silent(status.withUnknownContent());
      case Step.RememberRole remember -> silent(status.withRole(remember.entry()));
      case Step.DoubtRole doubt -> silent(status.withRole(doubt.entry().in(State.PENDING)));
      case Step.ForgetRole forget -> silent(status.withoutRole(forget.entry()));
      case Step.WriteIdentity write -> write(write, status);
      case Step.AssignRole assign -> assign(assign, status);
      case Step.UnassignRole unassign -> {
        var id = String.valueOf(unassign.entry().id());
        var answer = azure.deleteRoleAssignment(id);
        yield outcome(
            isDone(answer) ? status.withoutRole(unassign.entry()) : status,
            operation("UnassignRole", id, answer));
      }
      case Step.DeleteIdentity delete -> {
        var answer = azure.deleteIdentity(delete.id());
        yield outcome(
            isDone(answer) ? status.withoutResource() : status,
            operation("DeleteIdentity", delete.id().toString(), answer));
      }
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
                  .withContent(step.fingerprint(), step.definition().tags().keySet());
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
              step.entry().in(grant == Grant.OURS ? State.ASSIGNED : State.FOREIGN);
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
        verb, target, clock.instant(), answer.receipt().correlationId(), problem(answer));
  }

  private static @Nullable Problem problem(Answer<?> answer) {
    return answer instanceof Answer.Failed<?> failed ? failed.problem() : null;
  }

  private static boolean isDone(Answer<?> answer) {
    return answer instanceof Answer.Done;
  }

  private static Outcome<ManagedIdentityStatus> silent(ManagedIdentityStatus status) {
    return new Outcome<>(status, List.of());
  }

  private static Outcome<ManagedIdentityStatus> outcome(
      ManagedIdentityStatus status, Operation operation) {
    return new Outcome<>(status, List.of(operation));
  }
}
