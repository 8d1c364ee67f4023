package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.plan.Problem;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to do next for one ManagedIdentity.
 *
 * @param steps in order; empty when there is nothing to do
 * @param problems what stands in the way of the rest
 * @param hasMore whether another plan must follow once these steps are saved in the status
 */
record IdentityPlan(List<Step> steps, List<Problem> problems, boolean hasMore) {
  IdentityPlan {
    steps = List.copyOf(steps);
    problems = List.copyOf(problems);
  }

  /** One step; each can be repeated without harm. */
  sealed interface Step {
    /** Save the name of the identity before it is written. */
    record RememberIdentity(IdentityId id, String location) implements Step {}

    /** Save that the identity may differ from what was last written, before it is changed. */
    record DoubtIdentity() implements Step {}

    /** Create the identity, or make it as defined. */
    record WriteIdentity(IdentityDefinition definition, String fingerprint, boolean isFirstTry)
        implements Step {}

    /** Delete the identity. */
    record DeleteIdentity(IdentityId id) implements Step {}

    /** Save an entry for a role assignment: before it is written, or because it cannot be. */
    record RememberRole(RoleAssignmentStatus entry) implements Step {}

    /** Save that a role assignment may be gone, before it is deleted. */
    record DoubtRole(RoleAssignmentStatus entry) implements Step {}

    /** Make a role assignment. */
    record AssignRole(RoleAssignmentStatus entry, RoleAssignment assignment, boolean isFirstTry)
        implements Step {}

    /** Delete a role assignment that the operator made. */
    record UnassignRole(RoleAssignmentStatus entry) implements Step {}

    /** Drop an entry behind which the operator made nothing. */
    record ForgetRole(RoleAssignmentStatus entry) implements Step {}
  }

  /** What these steps name for the first time. */
  Set<String> names() {
    return steps.stream()
        .map(IdentityPlan::name)
        .filter(n -> !n.isEmpty())
        .collect(Collectors.toSet());
  }

  private static String name(Step step) {
    return switch (step) {
      case Step.RememberIdentity remember -> remember.id().key();
      case Step.RememberRole remember -> grant(remember.entry());
      case Step.DoubtIdentity _,
          Step.WriteIdentity _,
          Step.DeleteIdentity _,
          Step.DoubtRole _,
          Step.AssignRole _,
          Step.UnassignRole _,
          Step.ForgetRole _ ->
          "";
    };
  }

  /** A role at a scope as one word. */
  static String grant(RoleAssignmentStatus entry) {
    return entry.role() + " at " + entry.scope();
  }
}
