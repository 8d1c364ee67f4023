package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.RehearsedGateway;
import dev.managedidentity.operator.identity.IdentityFacts.Existing;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.kube.OwnBindings;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.sharding.ShardWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What would be done for a resource that is only observed: the plans, one after the other, carried
 * out on an Azure that says yes and does nothing. So it is no second implementation.
 *
 * @param steps what would be written, in order
 * @param problems what stands in the way of the rest
 */
record Rehearsal(List<String> steps, List<Problem> problems) {
  /** More turns than any plan has: each role takes at most two. */
  private static final int MOST_TURNS = 200;

  Rehearsal {
    steps = List.copyOf(steps);
    problems = List.copyOf(problems);
  }

  static Rehearsal of(IdentityFacts first, ManagedIdentity resource, InstantSource clock) {
    var applier =
        new IdentityApplier(
            new RehearsedGateway(first.existing().principal().orElse(null)),
            OwnBindings.NONE,
            ShardWriter.NONE,
            clock);
    var steps = new ArrayList<String>();
    var facts = first;
    for (var turn = 0; turn < MOST_TURNS; turn++) {
      var plan = IdentityPlanner.plan(facts);
      plan.steps().stream().flatMap(Rehearsal::words).forEach(steps::add);
      if (!plan.hasMore()) {
        return new Rehearsal(steps, plan.problems());
      }
      var outcome = applier.apply(plan, facts.status(), resource);
      facts = facts.after(outcome.status(), plan.names());
    }
    throw new IllegalStateException("A plan that never ends: " + steps);
  }

  /** Whether Azure told all that the plan depends on. */
  boolean isCertain() {
    return problems.stream().noneMatch(Problem::isTransient);
  }

  /** The steps that write; others only save what is about to be written. */
  private static Stream<String> words(Step step) {
    return switch (step) {
      case Step.RememberIdentity remember when remember.how() == Ownership.ADOPTED ->
          Stream.of("AdoptIdentity " + remember.id());
      case Step.WriteIdentity write -> Stream.of("WriteIdentity " + write.definition().id());
      case Step.DeleteIdentity delete -> Stream.of("DeleteIdentity " + delete.id());
      case Step.EnableIdentity enable -> Stream.of("EnableIdentity " + enable.entry().id());
      case Step.DisableIdentity disable -> Stream.of("DisableIdentity " + disable.entry().id());
      case Step.AssignRole assign -> Stream.of("AssignRole " + IdentityPlan.grant(assign.entry()));
      case Step.UnassignRole unassign ->
          Stream.of("UnassignRole " + IdentityPlan.grant(unassign.entry()));
      case Step.BindWorkload bind -> Stream.of("BindWorkload " + bind.serviceAccount());
      case Step.UnbindWorkload _ -> Stream.of("UnbindWorkload");
      case Step.TieToWorkload _ -> Stream.of("TieToWorkload");
      case Step.RememberIdentity _,
          Step.DoubtIdentity _,
          Step.RememberResource _,
          Step.FollowResource _,
          Step.RememberRole _,
          Step.DoubtRole _,
          Step.ForgetRole _,
          Step.RememberAccount _,
          Step.ChangeShard _ -> // what is only observed has no shards
          Stream.empty();
    };
  }

  /** The status of an observed resource: what was found, and what would be done. */
  ManagedIdentityStatus status(IdentityFacts facts) {
    var status = facts.status();
    var known =
        switch (facts.existing()) {
          case Existing.Ours(AzureIdentity found) -> seen(status, found);
          case Existing.Foreign foreign -> seen(status, foreign.found());
          case Existing.OfResource(var found) when status.azureResource() == null ->
              status.withIdentity(null, found.principalId(), found.tenantId());
          case Existing.OfResource _ -> status;
          case Existing.NotAsked _, Existing.Absent _, Existing.Unknown _ -> status;
        };
    return known.withPlan(steps);
  }

  private static ManagedIdentityStatus seen(ManagedIdentityStatus status, AzureIdentity found) {
    return status.ownership() == null
        ? status
            .withResource(found.id().toString(), found.location(), Ownership.OBSERVED)
            .withIdentity(found.clientId(), found.principalId(), found.tenantId())
        : status;
  }
}
