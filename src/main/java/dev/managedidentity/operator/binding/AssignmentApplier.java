package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.AssignmentStatus;
import dev.managedidentity.operator.api.AssignmentStatus.State;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.IdentityChange;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Progress;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.function.Function;

/**
 * Carries out steps about the identities of Azure resources. A change that Azure takes its time for
 * is reported when it begins and when it has ended.
 */
final class AssignmentApplier {
  private static final String ASSIGN = "AssignIdentity";
  private static final String UNASSIGN = "UnassignIdentity";

  private final AzureGateway azure;
  private final Operations operations;

  AssignmentApplier(AzureGateway azure, Operations operations) {
    this.azure = azure;
    this.operations = operations;
  }

  Outcome<IdentityBindingStatus> apply(Step.OfAssignment step, IdentityBindingStatus status) {
    return switch (step) {
      case Step.RememberAssignment(var entry) -> saved(status.withAssignment(entry));
      case Step.DoubtAssignment(var entry) -> saved(status.withAssignment(entry.in(State.PENDING)));
      case Step.ForgetAssignment(var entry) -> saved(status.withoutAssignment(entry));
      case Step.AssignIdentity assign -> assign(assign, status);
      case Step.UnassignIdentity(var entry) -> unassign(entry, status);
      case Step.ReplaceAssignment replace -> replace(replace, status);
      case Step.FollowAssignment follow -> follow(follow, status);
    };
  }

  private Outcome<IdentityBindingStatus> assign(
      Step.AssignIdentity step, IdentityBindingStatus status) {
    var entry = step.entry();
    var answer = change(entry, IdentityChange.Assign::new);
    return switch (answer) {
      case Answer.Done<Progress>(Progress.Running(String url), var _) ->
          begun(ASSIGN, status.withAssignment(entry.waitingFor(url)), entry, answer);
      case Answer.Done<Progress>(Progress.Finished _, var _) ->
          ended(ASSIGN, status.withAssignment(entry.in(State.ASSIGNED)), entry, answer);
      case Answer.Failed<Progress> failed -> {
        var isRefused = step.isFirstTry() && isRefusal(failed.problem());
        var left = isGone(failed.problem()) ? withoutOthers(status, entry) : status;
        yield ended(
            ASSIGN,
            left.withAssignment(entry.in(isRefused ? State.REFUSED : State.PENDING)),
            entry,
            answer);
      }
    };
  }

  /** What another identity left behind on a resource has gone with it. */
  private static IdentityBindingStatus withoutOthers(
      IdentityBindingStatus status, AssignmentStatus entry) {
    var left = status;
    for (var other : status.assignments()) {
      left = other.isSameObject(entry) ? left : left.withoutAssignment(other);
    }
    return left;
  }

  private Outcome<IdentityBindingStatus> unassign(
      AssignmentStatus entry, IdentityBindingStatus status) {
    var answer = change(entry, IdentityChange.Unassign::new);
    return switch (answer) {
      case Answer.Done<Progress>(Progress.Running(String url), var _) ->
          begun(UNASSIGN, status.withAssignment(entry.waitingFor(url)), entry, answer);
      case Answer.Done<Progress>(Progress.Finished _, var _) ->
          ended(UNASSIGN, status.withoutAssignment(entry), entry, answer);
      case Answer.Failed<Progress>(Problem problem, var _) ->
          isGone(problem) ? gone(status, entry, answer) : ended(UNASSIGN, status, entry, answer);
    };
  }

  private Outcome<IdentityBindingStatus> replace(
      Step.ReplaceAssignment step, IdentityBindingStatus status) {
    var entry = step.entry();
    var answer = change(entry, IdentityChange.Unassign::new);
    return switch (answer) {
      case Answer.Done<Progress>(Progress.Running(String url), var _) ->
          begun(UNASSIGN, status.withAssignment(entry.waitingFor(url)), entry, answer);
      case Answer.Done<Progress>(Progress.Finished _, var _) ->
          ended(UNASSIGN, status.withAssignment(step.successor()), entry, answer);
      case Answer.Failed<Progress>(Problem problem, var _) ->
          ended(
              UNASSIGN,
              isGone(problem)
                  ? withoutOthers(status, entry).withAssignment(step.successor())
                  : status,
              entry,
              answer);
    };
  }

  /** Nothing is told of an operation that goes on. */
  private Outcome<IdentityBindingStatus> follow(
      Step.FollowAssignment step, IdentityBindingStatus status) {
    var entry = step.entry();
    var answer =
        azure.followOperation(
            java.util.Objects.requireNonNull(entry.operation()), entry.resource());
    var verb = step.isWanted() ? ASSIGN : UNASSIGN;
    return switch (answer) {
      case Answer.Done<Progress>(Progress.Running(String url), var _) ->
          saved(status.withAssignment(entry.waitingFor(url)));
      case Answer.Done<Progress>(Progress.Finished(AzureResource resource), var _) ->
          ended(verb, finished(step, resource, status), entry, answer);
      case Answer.Failed<Progress>(Problem problem, var _) -> {
        if (!step.isWanted() && isGone(problem)) {
          yield gone(status, entry, answer);
        }
        var now = isUnanswered(problem) ? entry : entry.in(State.PENDING);
        yield ended(verb, status.withAssignment(now), entry, answer);
      }
    };
  }

  /** The operation may have been one that the spec no longer asks for: the resource counts. */
  private static IdentityBindingStatus finished(
      Step.FollowAssignment step, AzureResource resource, IdentityBindingStatus status) {
    var entry = step.entry();
    if (!resource.has(IdentityId.parse(entry.identity()))) {
      return step.isWanted()
          ? status.withAssignment(entry.in(State.PENDING))
          : status.withoutAssignment(entry);
    }
    return status.withAssignment(entry.in(step.isWanted() ? State.ASSIGNED : State.PENDING));
  }

  private Answer<Progress> change(
      AssignmentStatus entry, Function<IdentityId, IdentityChange> change) {
    return azure.changeResource(entry.resource(), change.apply(IdentityId.parse(entry.identity())));
  }

  /** With the resource the assignment has gone, which is all that was asked for. */
  private Outcome<IdentityBindingStatus> gone(
      IdentityBindingStatus status, AssignmentStatus entry, Answer<?> answer) {
    var operation = operations.of(UNASSIGN, entry.resource(), answer, null);
    return new Outcome<>(status.withoutAssignment(entry), List.of(operation));
  }

  private Outcome<IdentityBindingStatus> begun(
      String verb, IdentityBindingStatus status, AssignmentStatus entry, Answer<?> answer) {
    return ended("Begin" + verb, status, entry, answer);
  }

  private Outcome<IdentityBindingStatus> ended(
      String verb, IdentityBindingStatus status, AssignmentStatus entry, Answer<?> answer) {
    Operation operation = operations.of(verb, entry.resource(), answer);
    return new Outcome<>(status, List.of(operation));
  }

  private static Outcome<IdentityBindingStatus> saved(IdentityBindingStatus status) {
    return new Outcome<>(status, List.of());
  }

  /**
   * Whether the identity is certainly not on the resource: a change is more than one call, and what
   * went wrong may have gone wrong after the one that changes.
   */
  private static boolean isRefusal(Problem problem) {
    return switch (problem) {
      case Problem.Rejected _, Problem.Refused _, Problem.Denied _ -> true;
      case Problem.Missing _, Problem.QuotaReached _, Problem.Blocked _ -> true;
      case Problem.Waiting _, Problem.Throttled _, Problem.Contended _ -> false;
      case Problem.Unreachable _, Problem.Unexpected _ -> false;
    };
  }

  private static boolean isGone(Problem problem) {
    return problem.reason() == Reason.AZURE_RESOURCE_NOT_FOUND;
  }

  /** Whether Azure said nothing about the operation itself, so that it may still be under way. */
  private static boolean isUnanswered(Problem problem) {
    return problem instanceof Problem.Throttled || problem instanceof Problem.Unreachable;
  }
}
