package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.RoleAssignmentSpec;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.guardrails.Guardrails.Place;
import dev.managedidentity.operator.identity.IdentityFacts.Role;
import dev.managedidentity.operator.plan.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out for each role that a spec asks for whether it is allowed and what it is in Azure. */
final class RoleObserver {
  private final AzureGateway azure;
  private final Guardrails guardrails;

  RoleObserver(AzureGateway azure, Guardrails guardrails) {
    this.azure = azure;
    this.guardrails = guardrails;
  }

  /** How much is found out. */
  enum Depth {
    /** Nothing: no role is granted or refused now. */
    NONE,
    /** Whether it is allowed; Azure is not asked. */
    GUARDRAILS,
    /** All. */
    AZURE
  }

  /**
   * The roles of the spec.
   *
   * @param holder principal of an identity that is only observed and is there: what others granted
   *     to it already needs no write
   */
  Map<RoleAssignmentSpec, Role> roles(
      ManagedIdentity resource,
      Depth depth,
      ManagedIdentityStatus status,
      Place place,
      Optional<String> holder) {
    var roles = new LinkedHashMap<RoleAssignmentSpec, Role>();
    for (var wanted : resource.getSpec().roleAssignments()) {
      var role = role(wanted, depth, status, place);
      roles.put(
          wanted,
          role instanceof Role.Found(String id) && holder.isPresent()
              ? granted(wanted.scope(), id, holder.get())
              : role);
    }
    return roles;
  }

  private Role granted(String scope, String definitionId, String principal) {
    var grant = RoleAssignment.grant(scope, definitionId, principal);
    return switch (azure.listRoleAssignments(scope)) {
      case Answer.Failed<List<RoleAssignment>>(Problem problem, var _) ->
          new Role.NotFound(problem);
      case Answer.Done<List<RoleAssignment>>(var assignments, var _) ->
          assignments.stream().anyMatch(one -> one.grant().equals(grant))
              ? new Role.MadeByAnother()
              : new Role.Found(definitionId);
    };
  }

  private Role role(
      RoleAssignmentSpec wanted, Depth depth, ManagedIdentityStatus status, Place place) {
    if (depth == Depth.NONE) {
      return new Role.NotAsked();
    }
    var refusal = guardrails.role(place, wanted.role(), wanted.scope());
    if (refusal.isPresent()) {
      return new Role.Forbidden(refusal.get(), guardrails.removesRefusedRoles());
    }
    return depth == Depth.GUARDRAILS ? new Role.NotAsked() : inAzure(wanted, status);
  }

  private Role inAzure(RoleAssignmentSpec wanted, ManagedIdentityStatus status) {
    var isSettled =
        status.roleAssignments().stream()
            .anyMatch(
                entry ->
                    entry.isSameGrant(wanted.role(), wanted.scope())
                        && entry.state() != State.REFUSED);
    if (isSettled) {
      return new Role.NotAsked();
    }
    if (wanted.role().startsWith("/")) {
      return new Role.Found(wanted.role());
    }
    return switch (azure.findRole(wanted.scope(), wanted.role())) {
      case Answer.Done<String>(String id, var _) -> new Role.Found(id);
      case Answer.Failed<String>(Problem problem, var _) -> new Role.NotFound(problem);
    };
  }
}
