package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.AssignmentStatus;
import dev.managedidentity.operator.api.AssignmentStatus.State;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Look;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.inventory.Sighting;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what becomes of an identity's assignment to an Azure resource. Pure.
 *
 * <pre>
 * nothing known, not assigned -> RememberAssignment(Pending)  (saved in the status, then again:)
 * nothing known, is assigned  -> RememberAssignment(Foreign)  (used, and never removed)
 * named, or in doubt          -> AssignIdentity               (then again:)
 * Azure is at work            -> FollowAssignment             (then again:)
 * assigned, but is gone       -> DoubtAssignment              (saved in the status, then again:)
 * of an identity deleted      -> DoubtAssignment, ReplaceAssignment, AssignIdentity
 * assigned                    -> for what another identity left behind, or to be taken down:
 *                                DoubtAssignment, FollowAssignment, UnassignIdentity
 * </pre>
 */
final class AssignmentPlanner {
  private AssignmentPlanner() {}

  static BindingPlan life(
      BindingFacts facts, Subject.Resource resource, Identity.Usable usable, Instant now) {
    var wanted = wanted(resource.id(), usable);
    var known =
        facts.status().assignments().stream()
            .filter(wanted::isSameObject)
            .findFirst()
            .orElse(wanted.in(State.REFUSED));
    return switch (known.state()) {
      case REFUSED -> discovery(facts, resource, wanted);
      case PENDING -> pending(facts, known, wanted);
      case ASSIGNED -> {
        if (!isOfSameIdentity(known, wanted)) {
          yield BindingPlan.then(new Step.DoubtAssignment(known));
        }
        yield resource
            .sighting()
            .flatMap(seen -> doubt(known, seen, usable, now))
            .orElseGet(() -> assigned(facts, wanted));
      }
      case FOREIGN -> foreign(facts, resource, known, wanted, now);
    };
  }

  /** An entry for the assignment as it is asked for. */
  static AssignmentStatus wanted(String resource, Identity.Usable usable) {
    return new AssignmentStatus(
        resource, usable.id().toString(), usable.clientId(), State.PENDING, null);
  }

  private static BindingPlan discovery(
      BindingFacts facts, Subject.Resource resource, AssignmentStatus wanted) {
    return switch (resource.look()) {
      case Look.Unknown(Problem problem) -> BindingPlan.stuck(problem);
      case Look.Missing _ ->
          new BindingPlan(
              others(facts, wanted).<Step>map(Step.ForgetAssignment::new).toList(),
              List.of(missing(wanted)),
              false);
      case Look.Assigned _ ->
          BindingPlan.then(new Step.RememberAssignment(wanted.in(State.FOREIGN)));
      case Look.Bare _, Look.NotAsked _ -> BindingPlan.then(new Step.RememberAssignment(wanted));
    };
  }

  private static BindingPlan pending(
      BindingFacts facts, AssignmentStatus known, AssignmentStatus wanted) {
    if (known.operation() != null) {
      return BindingPlan.then(new Step.FollowAssignment(known, true));
    }
    if (!isOfSameIdentity(known, wanted)) {
      return BindingPlan.then(new Step.ReplaceAssignment(known, wanted));
    }
    var isFirstTry = facts.tried().contains(BindingPlan.key(wanted));
    return BindingPlan.then(new Step.AssignIdentity(wanted, isFirstTry));
  }

  /** Whether the identity was not deleted and made again since. */
  private static boolean isOfSameIdentity(AssignmentStatus known, AssignmentStatus wanted) {
    return Objects.equals(known.clientId(), wanted.clientId());
  }

  /** A resource that a list does not show is asked for itself by the next step. */
  private static Optional<BindingPlan> doubt(
      AssignmentStatus known, Sighting<AzureResource> seen, Identity.Usable usable, Instant now) {
    return switch (seen) {
      case Sighting.Absent<AzureResource> _ ->
          Optional.of(BindingPlan.then(new Step.DoubtAssignment(known)));
      case Sighting.Present<AzureResource>(AzureResource value) ->
          value.has(usable.id())
              ? Optional.empty()
              : Optional.of(BindingPlan.then(new Step.DoubtAssignment(known), removed(known, now)));
    };
  }

  /** Azure was asked again only if something speaks against what is known. */
  private static BindingPlan foreign(
      BindingFacts facts,
      Subject.Resource resource,
      AssignmentStatus known,
      AssignmentStatus wanted,
      Instant now) {
    return switch (resource.look()) {
      case Look.Unknown(Problem problem) -> BindingPlan.stuck(problem);
      case Look.Missing _ -> BindingPlan.then(new Step.ForgetAssignment(known));
      case Look.Bare _ ->
          BindingPlan.then(new Step.RememberAssignment(wanted), removed(known, now));
      case Look.Assigned _, Look.NotAsked _ ->
          isOfSameIdentity(known, wanted)
              ? assigned(facts, wanted)
              : BindingPlan.then(new Step.RememberAssignment(wanted.in(State.FOREIGN)));
    };
  }

  private static BindingPlan assigned(BindingFacts facts, AssignmentStatus wanted) {
    return removal(others(facts, wanted).toList(), List.of());
  }

  private static Stream<AssignmentStatus> others(BindingFacts facts, AssignmentStatus wanted) {
    return facts.status().assignments().stream().filter(other -> !other.isSameObject(wanted));
  }

  /**
   * Takes these back, and then these are the problems: a problem ends a pass, so it must not be
   * known before nothing is left to follow.
   */
  static BindingPlan removal(List<AssignmentStatus> entries, List<Problem> problems) {
    var unsettled = new ArrayList<Step>();
    for (var entry : entries) {
      if (entry.state() == State.ASSIGNED) {
        unsettled.add(new Step.DoubtAssignment(entry));
      } else if (entry.operation() != null) {
        unsettled.add(new Step.FollowAssignment(entry, false));
      }
    }
    return unsettled.isEmpty()
        ? new BindingPlan(entries.stream().map(AssignmentPlanner::remove).toList(), problems, false)
        : new BindingPlan(unsettled, List.of(), true);
  }

  private static Step remove(AssignmentStatus entry) {
    return switch (entry.state()) {
      case PENDING, ASSIGNED -> new Step.UnassignIdentity(entry);
      case FOREIGN, REFUSED -> new Step.ForgetAssignment(entry);
    };
  }

  private static Finding removed(AssignmentStatus entry, Instant now) {
    return new Finding(
        Finding.Kind.ASSIGNMENT_REMOVED,
        entry.resource(),
        "The identity %s was taken off the resource; it is assigned again."
            .formatted(entry.identity()),
        now);
  }

  private static Problem missing(AssignmentStatus entry) {
    return new Problem.Missing(
        Reason.AZURE_RESOURCE_NOT_FOUND,
        "Azure resource %s does not exist.".formatted(entry.resource()));
  }
}
