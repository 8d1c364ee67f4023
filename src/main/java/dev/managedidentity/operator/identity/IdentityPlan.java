package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.api.ResourceIdentityStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.WorkloadRef;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.sharding.ShardPlan;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to do next for one ManagedIdentity.
 *
 * @param steps in order; empty when there is nothing to do
 * @param problems what stands in the way of the rest
 * @param findings what others changed in Azure, and these steps begin to repair
 * @param hasMore whether another plan must follow once these steps are saved in the status
 */
record IdentityPlan(
    List<Step> steps, List<Problem> problems, List<Finding> findings, boolean hasMore) {
  IdentityPlan {
    steps = List.copyOf(steps);
    problems = List.copyOf(problems);
    findings = List.copyOf(findings);
  }

  /** These steps and nothing after them. */
  static IdentityPlan last(List<Step> steps, List<Problem> problems) {
    return new IdentityPlan(steps, problems, List.of(), false);
  }

  /** This step, then another plan. */
  static IdentityPlan then(Step step) {
    return new IdentityPlan(List.of(step), List.of(), List.of(), true);
  }

  /** Nothing can be done. */
  static IdentityPlan blocked(Problem problem) {
    return last(List.of(), List.of(problem));
  }

  /** One step; each can be repeated without harm. */
  sealed interface Step {
    /** Save the name of the identity, and of the tags it will have, before it is written. */
    record RememberIdentity(IdentityId id, String location, Ownership how, Set<String> tags)
        implements Step {}

    /** Save that the identity may differ from what was last written, before it is changed. */
    record DoubtIdentity(Set<String> tags) implements Step {}

    /**
     * Create the identity, or make it as defined.
     *
     * @param definition with the tags of others that stay
     * @param content what the spec asks for, as one word
     * @param tags names of the tags that the spec asks for
     */
    record WriteIdentity(
        IdentityDefinition definition, String content, Set<String> tags, boolean isFirstTry)
        implements Step {}

    /** Delete the identity. */
    record DeleteIdentity(IdentityId id) implements Step {}

    /** Save how the owning Azure resource stands, before its identity is enabled or disabled. */
    record RememberResource(ResourceIdentityStatus entry) implements Step {}

    /** Enable the system-assigned identity of the owning Azure resource. */
    record EnableIdentity(ResourceIdentityStatus entry) implements Step {}

    /** Disable the system-assigned identity of the owning Azure resource. */
    record DisableIdentity(ResourceIdentityStatus entry) implements Step {}

    /** Ask how far Azure is with enabling or disabling. */
    record FollowResource(ResourceIdentityStatus entry) implements Step {}

    /** Save an entry for a role assignment: before it is written, or because it cannot be. */
    record RememberRole(RoleAssignmentStatus entry) implements Step {}

    /** Save that a role assignment may differ or be gone, before it is written or deleted. */
    record DoubtRole(RoleAssignmentStatus entry) implements Step {}

    /** Make a role assignment, whose condition and description are {@code content} as one word. */
    record AssignRole(
        RoleAssignmentStatus entry, RoleAssignment assignment, String content, boolean isFirstTry)
        implements Step {}

    /** Delete a role assignment that the operator made. */
    record UnassignRole(RoleAssignmentStatus entry) implements Step {}

    /** Drop an entry behind which the operator made nothing. */
    record ForgetRole(RoleAssignmentStatus entry) implements Step {}

    /** Let Kubernetes delete the ManagedIdentity with the workload that owns it. */
    record TieToWorkload(WorkloadRef workload, String uid) implements Step {}

    /** Save which service account the owning workload runs as, before it is bound. */
    record RememberAccount(String serviceAccount) implements Step {}

    /** Create the IdentityBinding of the owning workload. */
    record BindWorkload(String serviceAccount) implements Step {}

    /** Make, change or delete a shard. */
    record ChangeShard(ShardPlan.Step change) implements Step {}

    /** Delete the IdentityBinding that the operator made. */
    record UnbindWorkload(String uid) implements Step {}
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
      case Step.TieToWorkload _ -> IdentityPlanner.TIED;
      case Step.DoubtIdentity _,
          Step.WriteIdentity _,
          Step.DeleteIdentity _,
          Step.RememberResource _,
          Step.EnableIdentity _,
          Step.DisableIdentity _,
          Step.FollowResource _,
          Step.DoubtRole _,
          Step.AssignRole _,
          Step.UnassignRole _,
          Step.ForgetRole _,
          Step.RememberAccount _,
          Step.BindWorkload _,
          Step.ChangeShard _,
          Step.UnbindWorkload _ ->
          "";
    };
  }

  /** A role at a scope as one word. */
  static String grant(RoleAssignmentStatus entry) {
    return entry.role() + " at " + entry.scope();
  }
}
