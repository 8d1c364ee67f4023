package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.api.ResourceIdentityStatus;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.guardrails.Guardrails.Place;
import dev.managedidentity.operator.identity.IdentityFacts.Drift;
import dev.managedidentity.operator.identity.IdentityFacts.Existing;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.identity.IdentityFacts.Lifetime;
import dev.managedidentity.operator.identity.IdentityFacts.Uses;
import dev.managedidentity.operator.identity.RoleObserver.Depth;
import dev.managedidentity.operator.inventory.Sighting;
import dev.managedidentity.operator.plan.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads all facts about one ManagedIdentity, each once. Azure is asked only for what nothing else
 * tells: who owns an identity whose name the user chose, what others wrote to one that is to be
 * changed, and role definitions by name.
 */
final class IdentityObserver {
  private final AzureGateway azure;
  private final IdentityGoals goals;
  private final IdentityRules rules;
  private final IdentityDrift drift;
  private final RoleObserver roles;
  private final Recognition recognition;

  IdentityObserver(
      AzureGateway azure, IdentityGoals goals, Guardrails guardrails, IdentityDrift drift) {
    this.azure = azure;
    this.goals = goals;
    this.rules = new IdentityRules(guardrails);
    this.drift = drift;
    this.roles = new RoleObserver(azure, guardrails);
    this.recognition = new Recognition(goals, guardrails);
  }

  /**
   * What stands around a ManagedIdentity in Kubernetes.
   *
   * @param labels of its namespace; empty while that is not known
   * @param uses who uses the identity
   * @param effects whether its roles are in force
   * @param rival another ManagedIdentity that has the same identity in Azure, by name
   */
  record Neighbours(
      Optional<Map<String, String>> labels,
      Uses uses,
      RoleEffects effects,
      Optional<String> rival) {}

  /** The facts, given the newest known status. */
  IdentityFacts observe(
      ManagedIdentity resource, ManagedIdentityStatus latest, Neighbours neighbours) {
    var status = latest.ownership() == Ownership.OBSERVED ? latest.withoutResource() : latest;
    var lifetime = lifetime(resource, status);
    var place =
        new Place(resource.getMetadata().getNamespace(), neighbours.labels().orElse(Map.of()));
    var goal = goal(resource, status, neighbours, place, lifetime);
    var seen = lifetime.isDeleting() ? Optional.<Sighting<AzureIdentity>>empty() : seen(goal);
    var existing =
        isKept(lifetime, neighbours)
            ? new Existing.NotAsked()
            : existing(resource, goal, lifetime, status, seen, place);
    var settled = atFound(resource, goal, status, existing);
    return new IdentityFacts(
        goals.owner(resource),
        lifetime,
        settled,
        status,
        existing,
        roles.roles(
            resource,
            depth(lifetime, neighbours, settled),
            status,
            place,
            lifetime.isObserved() ? existing.principal() : Optional.empty()),
        neighbours.uses(),
        neighbours.effects(),
        drift(settled, lifetime, status, existing),
        Set.of());
  }

  /** What is granted to an identity that is not allowed is judged all the same. */
  private static Depth depth(Lifetime lifetime, Neighbours neighbours, Goal goal) {
    if (lifetime.isDeleting() || neighbours.labels().isEmpty()) {
      return Depth.NONE;
    }
    return goal instanceof Goal.Undefined ? Depth.GUARDRAILS : Depth.AZURE;
  }

  /** No list is waited for by what is only observed: it has just been asked about. */
  private Drift drift(
      Goal goal, Lifetime lifetime, ManagedIdentityStatus status, Existing existing) {
    if (lifetime.isDeleting()) {
      return Drift.NONE;
    }
    return lifetime.isObserved() ? drift.found(goal, status, existing) : drift.listed(goal, status);
  }

  private static Lifetime lifetime(ManagedIdentity resource, ManagedIdentityStatus status) {
    var spec = resource.getSpec();
    var byDefault =
        status.ownership() == Ownership.ADOPTED ? DeletionPolicy.RETAIN : DeletionPolicy.DELETE;
    return new Lifetime(
        resource.getMetadata().getGeneration(),
        resource.isMarkedForDeletion(),
        spec.managementPolicy(),
        spec.deletionPolicy() == null ? byDefault : spec.deletionPolicy());
  }

  /** What is not allowed, or somebody else's, is no goal; what exists may always be deleted. */
  private Goal goal(
      ManagedIdentity resource,
      ManagedIdentityStatus status,
      Neighbours neighbours,
      Place place,
      Lifetime lifetime) {
    var goal = goals.goal(resource, status);
    if (lifetime.isDeleting()) {
      return goal;
    }
    if (neighbours.labels().isEmpty()) {
      return new Goal.Undefined(
          new Problem.Contended("The namespace %s is not known yet.".formatted(place.namespace())));
    }
    return rules
        .refusal(goal, neighbours.rival(), place)
        .<Goal>map(Goal.Undefined::new)
        .orElse(goal);
  }

  private Optional<Sighting<AzureIdentity>> seen(Goal goal) {
    return goal instanceof Goal.Defined(IdentityDefinition definition)
        ? drift.seen(definition.id())
        : Optional.empty();
  }

  /** Whether it is being deleted and nothing of it will be, not now at least. */
  private static boolean isKept(Lifetime lifetime, Neighbours neighbours) {
    return lifetime.isDeleting()
        && (lifetime.isObserved()
            || lifetime.deletion() == DeletionPolicy.RETAIN
            || !neighbours.uses().users().isEmpty());
  }

  private Existing existing(
      ManagedIdentity resource,
      Goal goal,
      Lifetime lifetime,
      ManagedIdentityStatus status,
      Optional<Sighting<AzureIdentity>> seen,
      Place place) {
    return switch (goal) {
      case Goal.Undefined _ -> new Existing.NotAsked();
      case Goal.OfResource(String id) -> ofResource(id, lifetime, status);
      case Goal.Defined(IdentityDefinition definition) -> {
        if (seen.isPresent()
            && seen.get() instanceof Sighting.Present<AzureIdentity>(AzureIdentity found)) {
          yield recognition.of(found, resource, lifetime, status, place);
        }
        if (!isAsked(resource, definition, lifetime, status, seen.isPresent())) {
          yield new Existing.NotAsked();
        }
        yield switch (azure.findIdentity(definition.id())) {
          case Answer.Failed<Optional<AzureIdentity>> failed ->
              new Existing.Unknown(failed.problem());
          case Answer.Done<Optional<AzureIdentity>> done ->
              done.value()
                  .map(found -> recognition.of(found, resource, lifetime, status, place))
                  .orElse(new Existing.Absent());
        };
      }
    };
  }

  /**
   * A derived name can be nobody else's: it is asked about only before a change, for what others
   * wrote to the identity stays. A chosen one is asked about before each write and each deletion.
   */
  private boolean isAsked(
      ManagedIdentity resource,
      IdentityDefinition definition,
      Lifetime lifetime,
      ManagedIdentityStatus status,
      boolean isSeenAbsent) {
    var isDerived = goals.isDerived(resource);
    if (lifetime.isDeleting()) {
      return status.resourceId() != null && !isDerived;
    }
    if (lifetime.isObserved()) {
      return true;
    }
    var isFresh = status.clientId() == null;
    var isApplied = !isFresh && Content.of(definition).equals(status.appliedFingerprint());
    return isDerived ? !isFresh && !isApplied && !isSeenAbsent : isSeenAbsent || !isApplied;
  }

  private Existing ofResource(String id, Lifetime lifetime, ManagedIdentityStatus status) {
    var entry = status.azureResource();
    if (lifetime.isDeleting()
        || (entry != null
            && entry.state() != ResourceIdentityStatus.State.GONE
            && !lifetime.isObserved())) {
      return new Existing.NotAsked();
    }
    return switch (azure.findResource(id)) {
      case Answer.Failed<?> failed -> new Existing.Unknown(failed.problem());
      case Answer.Done<Optional<AzureResource>> done ->
          done.value().<Existing>map(Existing.OfResource::new).orElse(new Existing.Absent());
    };
  }

  /** One that is taken over, or comes back, stays where it is, unless the spec insists. */
  private static Goal atFound(
      ManagedIdentity resource, Goal goal, ManagedIdentityStatus status, Existing existing) {
    return goal instanceof Goal.Defined(IdentityDefinition definition)
            && status.resourceId() == null
            && resource.getSpec().azure().location() == null
        ? existing
            .identity()
            .<Goal>map(
                found ->
                    new Goal.Defined(
                        new IdentityDefinition(
                            definition.id(),
                            found.location(),
                            definition.isRegional(),
                            definition.tags())))
            .orElse(goal)
        : goal;
  }
}
