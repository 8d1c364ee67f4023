package dev.managedidentity.operator.identity;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.RoleAssignmentSpec;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.identity.IdentityFacts.Existing;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.identity.IdentityFacts.Role;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.ownership.DerivedNames;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what to do for one ManagedIdentity. Pure.
 *
 * <pre>
 * nothing known          -> RememberIdentity                 (saved in the status, then again:)
 * named, not written     -> WriteIdentity                    (then again:)
 * written, differs       -> DoubtIdentity                    (saved in the status, then again:)
 * in doubt               -> WriteIdentity                    (then again:)
 * written, role missing  -> RememberRole...                  (saved in the status, then again:)
 * role named             -> AssignRole...
 * role no longer asked   -> DoubtRole...                     (saved in the status, then again:)
 * in doubt or not ours   -> UnassignRole | ForgetRole
 * being deleted          -> UnassignRole..., DeleteIdentity  (waits while bindings use it)
 * </pre>
 */
final class IdentityPlanner {
  private IdentityPlanner() {}

  static IdentityPlan plan(IdentityFacts facts) {
    if (facts.lifetime().isDeleting()) {
      return deletion(facts);
    }
    return switch (facts.goal()) {
      case Goal.Undefined(Problem problem) -> blocked(problem);
      case Goal.Defined(IdentityDefinition definition) -> life(facts, definition);
    };
  }

  private static IdentityPlan life(IdentityFacts facts, IdentityDefinition definition) {
    var status = facts.status();
    var fingerprint = fingerprint(definition);
    if (status.clientId() != null && fingerprint.equals(status.appliedFingerprint())) {
      return roles(facts);
    }
    return switch (facts.existing()) {
      case Existing.Foreign(String description) -> blocked(foreign(definition.id(), description));
      case Existing.Unknown(Problem problem) -> blocked(problem);
      case Existing.NotAsked _, Existing.Absent _, Existing.Ours _ ->
          then(write(facts, definition, fingerprint));
    };
  }

  private static Step write(
      IdentityFacts facts, IdentityDefinition definition, String fingerprint) {
    if (facts.status().resourceId() == null) {
      return new Step.RememberIdentity(definition.id(), definition.location());
    }
    if (facts.status().appliedFingerprint() != null) {
      return new Step.DoubtIdentity();
    }
    var isFirstTry = facts.tried().contains(definition.id().key());
    return new Step.WriteIdentity(definition, fingerprint, isFirstTry);
  }

  private static IdentityPlan roles(IdentityFacts facts) {
    var remember = new ArrayList<Step>();
    var write = new ArrayList<Step>();
    var problems = new ArrayList<Problem>();
    for (var wanted : facts.roles().entrySet()) {
      var entry = entry(facts, wanted.getKey());
      switch (entry.map(RoleAssignmentStatus::state).orElse(State.REFUSED)) {
        case ASSIGNED, FOREIGN -> {}
        case PENDING -> write.add(assign(facts, entry.orElseThrow()));
        case REFUSED -> {
          switch (wanted.getValue()) {
            case Role.Found(String id) ->
                remember.add(new Step.RememberRole(named(facts, wanted.getKey(), id)));
            case Role.NotFound(Problem problem) -> {
              problems.add(problem);
              if (!problem.isTransient()) {
                write.add(new Step.RememberRole(refused(wanted.getKey(), problem)));
              }
            }
            case Role.NotAsked _ -> {}
          }
        }
      }
    }
    for (var unwanted : unwanted(facts)) {
      switch (remove(facts, unwanted)) {
        case Step.DoubtRole doubt -> remember.add(doubt);
        case Step removal -> write.add(removal);
      }
    }
    if (!remember.isEmpty()) {
      return new IdentityPlan(remember, List.of(), true);
    }
    return new IdentityPlan(write, problems, false);
  }

  private static List<RoleAssignmentStatus> unwanted(IdentityFacts facts) {
    return facts.status().roleAssignments().stream()
        .filter(entry -> !facts.roles().containsKey(wanted(entry)))
        .toList();
  }

  /** It may be asked for again before it is known whether it is gone: so it is in doubt first. */
  private static Step remove(IdentityFacts facts, RoleAssignmentStatus entry) {
    if (isNeeded(facts, entry)) {
      return new Step.ForgetRole(entry);
    }
    return entry.state() == State.ASSIGNED ? new Step.DoubtRole(entry) : remove(entry);
  }

  private static IdentityPlan deletion(IdentityFacts facts) {
    if (!facts.users().isEmpty()) {
      var users =
          facts.users().stream().map(IdentityFacts.User::name).collect(Collectors.joining(", "));
      return blocked(new Problem.Waiting(Reason.IN_USE, "Still used by " + users + "."));
    }
    if (facts.lifetime().policy() == DeletionPolicy.RETAIN) {
      return new IdentityPlan(List.of(), List.of(), false);
    }
    var steps = new ArrayList<Step>();
    facts.status().roleAssignments().forEach(entry -> steps.add(remove(entry)));
    var resourceId = facts.status().resourceId();
    if (resourceId != null) {
      switch (facts.existing()) {
        case Existing.NotAsked _, Existing.Ours _ ->
            steps.add(new Step.DeleteIdentity(IdentityId.parse(resourceId)));
        case Existing.Absent _, Existing.Foreign _ -> {}
        case Existing.Unknown(Problem problem) -> {
          return blocked(problem);
        }
      }
    }
    return new IdentityPlan(steps, List.of(), false);
  }

  private static Step remove(RoleAssignmentStatus entry) {
    return switch (entry.state()) {
      case PENDING, ASSIGNED -> new Step.UnassignRole(entry);
      case FOREIGN, REFUSED -> new Step.ForgetRole(entry);
    };
  }

  /** Whether a wanted entry stands for the same object: a role by its name and by its id, say. */
  private static boolean isNeeded(IdentityFacts facts, RoleAssignmentStatus entry) {
    return twins(facts, entry).anyMatch(twin -> facts.roles().containsKey(wanted(twin)));
  }

  private static Stream<RoleAssignmentStatus> twins(
      IdentityFacts facts, RoleAssignmentStatus entry) {
    return facts.status().roleAssignments().stream()
        .filter(other -> !other.isSameGrant(entry.role(), entry.scope()))
        .filter(other -> other.state() != State.REFUSED && other.isSameObject(entry));
  }

  private static Step assign(IdentityFacts facts, RoleAssignmentStatus entry) {
    var id = requireNonNull(entry.id(), "a pending role assignment has an id");
    var assignment =
        new RoleAssignment(
            entry.scope(),
            id.substring(id.lastIndexOf('/') + 1),
            requireNonNull(entry.roleDefinitionId(), "a pending role assignment has a definition"),
            principal(facts),
            null,
            null);
    var isFirstTry =
        facts.tried().contains(IdentityPlan.grant(entry))
            && twins(facts, entry).findAny().isEmpty();
    return new Step.AssignRole(entry, assignment, isFirstTry);
  }

  private static RoleAssignmentStatus named(
      IdentityFacts facts, RoleAssignmentSpec wanted, String definitionId) {
    var name =
        DerivedNames.roleAssignment(
            facts.owner().cluster(), wanted.scope(), principal(facts), definitionId);
    var id = RoleAssignment.id(wanted.scope(), name);
    return new RoleAssignmentStatus(
        wanted.role(),
        wanted.scope(),
        definitionId,
        principal(facts),
        id,
        null,
        State.PENDING,
        null,
        null);
  }

  private static RoleAssignmentStatus refused(RoleAssignmentSpec wanted, Problem problem) {
    return new RoleAssignmentStatus(
            wanted.role(), wanted.scope(), null, null, null, null, State.REFUSED, null, null)
        .in(State.REFUSED, problem.reason().word(), problem.message());
  }

  private static Optional<RoleAssignmentStatus> entry(
      IdentityFacts facts, RoleAssignmentSpec wanted) {
    return facts.status().roleAssignments().stream()
        .filter(entry -> wanted(entry).equals(wanted))
        .findFirst();
  }

  private static RoleAssignmentSpec wanted(RoleAssignmentStatus entry) {
    return new RoleAssignmentSpec(entry.role(), entry.scope(), null, null);
  }

  private static String principal(IdentityFacts facts) {
    return requireNonNull(facts.status().principalId(), "roles follow the identity");
  }

  private static Problem foreign(IdentityId id, String description) {
    return new Problem.Refused(
        Reason.OWNED_BY_ANOTHER, "The identity %s exists and %s.".formatted(id, description));
  }

  /** What a write would send, as one word: equal words need no write. */
  private static String fingerprint(IdentityDefinition definition) {
    var parts = new ArrayList<String>();
    parts.add(Boolean.toString(definition.isRegional()));
    new TreeMap<>(definition.tags()).forEach((name, value) -> parts.addAll(List.of(name, value)));
    return DerivedNames.digest(parts.toArray(String[]::new));
  }

  private static IdentityPlan blocked(Problem problem) {
    return new IdentityPlan(List.of(), List.of(problem), false);
  }

  private static IdentityPlan then(Step step) {
    return new IdentityPlan(List.of(step), List.of(), true);
  }
}
