package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ResourceIdentityStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.identity.IdentityFacts.Drift;
import dev.managedidentity.operator.identity.IdentityFacts.Existing;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.inventory.Sighting;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Finding.Kind;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Compares what the inventory saw with what the operator left in Azure. */
final class IdentityDrift {
  private final Inventory inventory;
  private final InstantSource clock;

  IdentityDrift(Inventory inventory, InstantSource clock) {
    this.inventory = inventory;
    this.clock = clock;
  }

  /** What a list showed of the identity, if that speaks against what is known of it. */
  Optional<Sighting<AzureIdentity>> seen(IdentityId id) {
    return inventory.identities().find(id.key());
  }

  /** The drift of a resource, by what the lists showed. */
  Drift listed(Goal goal, ManagedIdentityStatus status) {
    return switch (goal) {
      case Goal.Undefined _ -> Drift.NONE;
      case Goal.Defined(IdentityDefinition definition) ->
          new Drift(identity(definition, status, seen(definition.id())), false, roles(status));
      case Goal.OfResource(String id) ->
          ofResource(status, inventory.resources().find(id.toLowerCase(Locale.ROOT)));
    };
  }

  /** The drift of a resource, by what was found just now. */
  Drift found(Goal goal, ManagedIdentityStatus status, Existing existing) {
    return switch (goal) {
      case Goal.Undefined _ -> Drift.NONE;
      case Goal.Defined(IdentityDefinition definition) ->
          new Drift(identity(definition, status, identityIn(existing)), false, roles(status));
      case Goal.OfResource _ -> ofResource(status, resourceIn(existing));
    };
  }

  private static Optional<Sighting<AzureIdentity>> identityIn(Existing existing) {
    return switch (existing) {
      case Existing.Ours(AzureIdentity found) -> Optional.of(new Sighting.Present<>(found));
      case Existing.Foreign foreign -> Optional.of(new Sighting.Present<>(foreign.found()));
      case Existing.Absent _ -> Optional.of(new Sighting.Absent<>());
      case Existing.NotAsked _, Existing.OfResource _, Existing.Unknown _ -> Optional.empty();
    };
  }

  private static Optional<Sighting<AzureResource>> resourceIn(Existing existing) {
    return switch (existing) {
      case Existing.OfResource(AzureResource found) -> Optional.of(new Sighting.Present<>(found));
      case Existing.Absent _ -> Optional.of(new Sighting.Absent<>());
      case Existing.NotAsked _, Existing.Ours _, Existing.Foreign _, Existing.Unknown _ ->
          Optional.empty();
    };
  }

  private Optional<Finding> identity(
      IdentityDefinition definition,
      ManagedIdentityStatus status,
      Optional<Sighting<AzureIdentity>> seen) {
    if (seen.isEmpty() || status.clientId() == null || status.appliedFingerprint() == null) {
      return Optional.empty();
    }
    var name = definition.id().name();
    return switch (seen.get()) {
      case Sighting.Absent<AzureIdentity> _ ->
          finding(
              Kind.IDENTITY_DELETED,
              definition.id().toString(),
              "The identity %s was deleted in Azure; it is created again.".formatted(name));
      case Sighting.Present<AzureIdentity>(AzureIdentity found)
          when !found.principalId().equals(status.principalId()) ->
          finding(
              Kind.IDENTITY_RECREATED,
              definition.id().toString(),
              "The identity %s was replaced in Azure: its client id is now %s; roles and bindings follow."
                  .formatted(name, found.clientId()));
      case Sighting.Present<AzureIdentity>(AzureIdentity found)
          when !Content.isAsDefined(found, definition) ->
          finding(
              Kind.IDENTITY_CHANGED,
              definition.id().toString(),
              "The identity %s was changed in Azure (%s); it is set back."
                  .formatted(name, changes(found, definition)));
      case Sighting.Present<AzureIdentity> _ -> Optional.empty();
    };
  }

  private static String changes(AzureIdentity found, IdentityDefinition definition) {
    var tags = Content.wrongTags(found, definition);
    if (tags.isEmpty()) {
      return "isolationScope";
    }
    var names = "tags " + String.join(", ", tags);
    return found.isRegional() == definition.isRegional() ? names : "isolationScope, " + names;
  }

  private Drift ofResource(ManagedIdentityStatus status, Optional<Sighting<AzureResource>> seen) {
    var entry = status.azureResource();
    if (entry == null || entry.state() != ResourceIdentityStatus.State.ENABLED) {
      return Drift.NONE;
    }
    if (seen.isEmpty()) {
      return new Drift(Optional.empty(), false, roles(status));
    }
    return switch (seen.get()) {
      case Sighting.Absent<AzureResource> _ -> new Drift(Optional.empty(), true, Map.of());
      case Sighting.Present<AzureResource>(AzureResource found) ->
          new Drift(ofResource(found, status), false, roles(status));
    };
  }

  private Optional<Finding> ofResource(AzureResource found, ManagedIdentityStatus status) {
    if (!found.isSystemAssigned()) {
      return finding(
          Kind.SYSTEM_IDENTITY_DISABLED,
          found.id(),
          "The system-assigned identity of %s was disabled in Azure; it is enabled again."
              .formatted(found.id()));
    }
    return Objects.equals(found.principalId(), status.principalId())
        ? Optional.empty()
        : finding(
            Kind.SYSTEM_IDENTITY_RECREATED,
            found.id(),
            "The system-assigned identity of %s was replaced in Azure; its roles follow."
                .formatted(found.id()));
  }

  private Map<String, Finding> roles(ManagedIdentityStatus status) {
    var findings = new HashMap<String, Finding>();
    for (var entry : status.roleAssignments()) {
      if (entry.state() == State.ASSIGNED || entry.state() == State.FOREIGN) {
        role(entry)
            .ifPresent(
                finding ->
                    findings.put(String.valueOf(entry.id()).toLowerCase(Locale.ROOT), finding));
      }
    }
    return findings;
  }

  private Optional<Finding> role(RoleAssignmentStatus entry) {
    var what = "The role assignment of %s at %s".formatted(entry.role(), entry.scope());
    return inventory
        .roleAssignments()
        .find(grant(entry))
        .flatMap(
            seen ->
                switch (seen) {
                  case Sighting.Absent<RoleAssignment> _ ->
                      finding(
                          Kind.ROLE_ASSIGNMENT_DELETED,
                          String.valueOf(entry.id()),
                          what + " was deleted in Azure; it is made again.");
                  case Sighting.Present<RoleAssignment>(RoleAssignment found)
                      when !isAsWritten(found, entry) ->
                      finding(
                          Kind.ROLE_ASSIGNMENT_CHANGED,
                          String.valueOf(entry.id()),
                          what + " was changed in Azure; it is set back.");
                  case Sighting.Present<RoleAssignment> _ -> Optional.empty();
                });
  }

  /** Whether an assignment is as it was written; one that somebody else made may be as it likes. */
  static boolean isAsWritten(RoleAssignment found, RoleAssignmentStatus entry) {
    return entry.state() == State.FOREIGN
        || (found.id().equalsIgnoreCase(entry.id())
            && Content.of(found.condition(), found.description())
                .equals(entry.appliedFingerprint()));
  }

  /** By what the inventory knows an assignment. */
  static String grant(RoleAssignmentStatus entry) {
    return RoleAssignment.grant(
        entry.scope(),
        String.valueOf(entry.roleDefinitionId()),
        String.valueOf(entry.principalId()));
  }

  private Optional<Finding> finding(Kind kind, String target, String detail) {
    return Optional.of(new Finding(kind, target, detail, clock.instant()));
  }
}
