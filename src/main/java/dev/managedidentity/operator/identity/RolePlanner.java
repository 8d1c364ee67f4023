package dev.managedidentity.operator.identity;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.operator.api.RoleAssignmentSpec;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.identity.IdentityFacts.Role;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.ownership.DerivedNames;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what to do for the role assignments of one identity that is there. Pure.
 *
 * <pre>
 * asked, not named          -> RememberRole...          (saved in the status, then again:)
 * named                     -> AssignRole...
 * condition or description
 * differs, changed by others -> DoubtRole...            (saved in the status, then again:)
 * no longer asked, of an
 * earlier principal,
 * not allowed any more      -> DoubtRole...             (saved in the status, then again:)
 * in doubt or not ours      -> UnassignRole | ForgetRole (not allowed: then again, as refused)
 * </pre>
 */
final class RolePlanner {
  private final IdentityFacts facts;
  private final String principal;
  private final List<Step> first = new ArrayList<>();
  private final List<Step> then = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private RolePlanner(IdentityFacts facts) {
    this.facts = facts;
    this.principal = requireNonNull(facts.status().principalId(), "roles follow the identity");
  }

  static IdentityPlan plan(IdentityFacts facts) {
    var planner = new RolePlanner(facts);
    facts.roles().forEach(planner::wanted);
    return planner.plan();
  }

  /** Nothing is granted while this is in the way; what nobody may keep is removed all the same. */
  static IdentityPlan takeBack(IdentityFacts facts, Problem problem) {
    if (facts.status().principalId() == null) {
      return IdentityPlan.blocked(problem);
    }
    var planner = new RolePlanner(facts);
    planner.problems.add(problem);
    facts.roles().entrySet().stream()
        .filter(role -> role.getValue() instanceof Role.Forbidden)
        .forEach(role -> planner.wanted(role.getKey(), role.getValue()));
    return planner.plan();
  }

  private IdentityPlan plan() {
    facts.status().roleAssignments().stream()
        .filter(entry -> !isWanted(entry))
        .forEach(this::unwanted);
    if (!first.isEmpty()) {
      return new IdentityPlan(first, List.of(), findings, true);
    }
    return facts.roles().keySet().stream().anyMatch(this::isTakenBack)
        ? new IdentityPlan(then, List.of(), List.of(), true)
        : IdentityPlan.last(then, problems);
  }

  private void wanted(RoleAssignmentSpec wanted, Role role) {
    var entry = entry(wanted);
    if (role instanceof Role.Forbidden(Problem problem, _)) {
      problems.add(problem);
      if (entry.isEmpty() || entry.get().state() == State.REFUSED) {
        then.add(new Step.RememberRole(refused(wanted, problem)));
      }
      return; // one that was granted is unwanted, or kept
    }
    switch (entry.map(RoleAssignmentStatus::state).orElse(State.REFUSED)) {
      case ASSIGNED, FOREIGN -> settled(wanted, entry.orElseThrow());
      case PENDING -> then.add(assign(wanted, entry.orElseThrow()));
      case REFUSED -> begin(wanted, role);
    }
  }

  private void begin(RoleAssignmentSpec wanted, Role role) {
    switch (role) {
      case Role.Found(String id) -> first.add(new Step.RememberRole(named(wanted, id)));
      case Role.NotFound(Problem problem) -> {
        problems.add(problem);
        if (!problem.isTransient()) {
          then.add(new Step.RememberRole(refused(wanted, problem)));
        }
      }
      case Role.NotAsked _ ->
          earlierDefinition(wanted)
              .ifPresent(id -> first.add(new Step.RememberRole(named(wanted, id))));
      case Role.MadeByAnother _ -> {} // it would be used, not written
      case Role.Forbidden _ -> {} // dealt with before
    }
  }

  /** An identity that was created anew has another principal; its roles mean the same as before. */
  private Optional<String> earlierDefinition(RoleAssignmentSpec wanted) {
    return facts.status().roleAssignments().stream()
        .filter(entry -> entry.isSameGrant(wanted.role(), wanted.scope()))
        .map(RoleAssignmentStatus::roleDefinitionId)
        .flatMap(Stream::ofNullable)
        .findFirst();
  }

  private void settled(RoleAssignmentSpec wanted, RoleAssignmentStatus entry) {
    var finding = facts.drift().roles().get(id(entry).toLowerCase(Locale.ROOT));
    if (finding != null) {
      findings.add(finding);
      first.add(new Step.DoubtRole(entry));
    } else if (entry.state() == State.ASSIGNED
        && !content(wanted).equals(entry.appliedFingerprint())) {
      first.add(new Step.DoubtRole(entry));
    }
  }

  /** It may be asked for again before it is known whether it is gone: so it is in doubt first. */
  private void unwanted(RoleAssignmentStatus entry) {
    if (isNeeded(entry)) {
      then.add(new Step.ForgetRole(entry));
    } else if (entry.state() == State.ASSIGNED) {
      first.add(new Step.DoubtRole(entry));
    } else {
      then.add(removal(entry));
    }
  }

  /** How an entry is removed whose state is saved. */
  static Step removal(RoleAssignmentStatus entry) {
    return switch (entry.state()) {
      case PENDING, ASSIGNED -> new Step.UnassignRole(entry);
      case FOREIGN, REFUSED -> new Step.ForgetRole(entry);
    };
  }

  private Step assign(RoleAssignmentSpec wanted, RoleAssignmentStatus entry) {
    var id = id(entry);
    var assignment =
        new RoleAssignment(
            entry.scope(),
            id.substring(id.lastIndexOf('/') + 1),
            requireNonNull(entry.roleDefinitionId(), "a pending role assignment has a definition"),
            principal,
            wanted.condition(),
            description(wanted));
    var isFirstTry =
        facts.tried().contains(IdentityPlan.grant(entry)) && twins(entry).findAny().isEmpty();
    return new Step.AssignRole(entry, assignment, content(wanted), isFirstTry);
  }

  private RoleAssignmentStatus named(RoleAssignmentSpec wanted, String definitionId) {
    var name =
        DerivedNames.roleAssignment(
            facts.owner().cluster(), wanted.scope(), principal, definitionId);
    return new RoleAssignmentStatus(
        wanted.role(),
        wanted.scope(),
        definitionId,
        principal,
        RoleAssignment.id(wanted.scope(), name),
        null,
        State.PENDING,
        null,
        null);
  }

  private static RoleAssignmentStatus refused(RoleAssignmentSpec wanted, Problem problem) {
    return new RoleAssignmentStatus(
        wanted.role(),
        wanted.scope(),
        null,
        null,
        null,
        null,
        State.REFUSED,
        problem.reason().word(),
        problem.message());
  }

  private Optional<RoleAssignmentStatus> entry(RoleAssignmentSpec wanted) {
    return facts.status().roleAssignments().stream()
        .filter(entry -> entry.isSameGrant(wanted.role(), wanted.scope()))
        .filter(this::isOfPrincipal)
        .findFirst();
  }

  /** A refused entry was never of any principal. */
  private boolean isOfPrincipal(RoleAssignmentStatus entry) {
    return entry.principalId() == null || Objects.equals(entry.principalId(), principal);
  }

  private boolean isWanted(RoleAssignmentStatus entry) {
    return isOfPrincipal(entry)
        && facts.roles().entrySet().stream()
            .filter(wanted -> entry.isSameGrant(wanted.getKey().role(), wanted.getKey().scope()))
            .anyMatch(wanted -> entry.state() == State.REFUSED || isKept(wanted.getValue()));
  }

  /** Whether it is removed now, and is to be remembered as refused once that is saved. */
  private boolean isTakenBack(RoleAssignmentSpec role) {
    return entry(role)
        .filter(known -> known.state() != State.REFUSED && !isWanted(known))
        .isPresent();
  }

  private static boolean isKept(Role role) {
    return !(role instanceof Role.Forbidden(_, boolean isRemoved) && isRemoved);
  }

  /** Whether a wanted entry stands for the same object: a role by its name and by its id, say. */
  private boolean isNeeded(RoleAssignmentStatus entry) {
    return twins(entry).anyMatch(this::isWanted);
  }

  private Stream<RoleAssignmentStatus> twins(RoleAssignmentStatus entry) {
    return facts.status().roleAssignments().stream()
        .filter(other -> !other.equals(entry))
        .filter(other -> other.state() != State.REFUSED && other.isSameObject(entry));
  }

  private static String id(RoleAssignmentStatus entry) {
    return requireNonNull(entry.id(), "a named role assignment has an id");
  }

  private String content(RoleAssignmentSpec wanted) {
    return Content.of(wanted.condition(), description(wanted));
  }

  private String description(RoleAssignmentSpec wanted) {
    return wanted.description() == null ? facts.owner().toString() : wanted.description();
  }
}
