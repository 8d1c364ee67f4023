package dev.managedidentity.dev.emulator.model;

import java.time.Instant;
import java.util.Optional;

/** A role granted to a principal at a scope; {@code name} is a GUID, unique in the tenant. */
public record RoleAssignment(
    String name,
    Scope scope,
    Grant grant,
    Optional<String> condition,
    Optional<String> conditionVersion,
    Optional<String> description,
    Audit audit) {

  /** Who gets what. */
  public record Grant(String roleDefinitionId, String principalId, String principalType) {}

  /** Who wrote it and when, and from when on it counts. */
  public record Audit(Instant createdOn, Instant updatedOn, String writer, Instant effectiveAt) {}

  /** With another condition, in version 2.0 of its language, and another description. */
  public RoleAssignment with(Optional<String> newCondition, Optional<String> newDescription) {
    return new RoleAssignment(
        name, scope, grant, newCondition, newCondition.map(_ -> "2.0"), newDescription, audit);
  }

  public Scope id() {
    return new Scope(scope.path() + "/providers/Microsoft.Authorization/roleAssignments/" + name);
  }

  public boolean isEffective(Instant now) {
    return !now.isBefore(audit.effectiveAt());
  }
}
