package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.arm.ArmPath.Level;
import dev.managedidentity.dev.emulator.behaviour.Behaviour;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.RoleAssignment;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Role assignments at any scope that exists. */
final class RoleAssignmentResources {
  static final String TYPE = "Microsoft.Authorization/roleAssignments";
  private static final String NAMED_CONFLICT_SINCE = "2022-04-01";

  private final Cloud cloud;
  private final Behaviour behaviour;
  private final RoleScopes scopes;
  private final Pages pages;
  private final String tenantId;

  RoleAssignmentResources(
      Cloud cloud, Behaviour behaviour, RoleScopes scopes, Pages pages, String tenantId) {
    this.cloud = cloud;
    this.behaviour = behaviour;
    this.scopes = scopes;
    this.pages = pages;
    this.tenantId = tenantId;
  }

  List<Route> routes() {
    var everywhere = Set.of(Level.values());
    return List.of(
        Route.of(OperationKind.WRITE, "PUT", TYPE, everywhere, this::put),
        Route.of(OperationKind.READ, "GET", TYPE, everywhere, this::get),
        Route.of(OperationKind.DELETE, "DELETE", TYPE, everywhere, this::delete),
        Route.of(OperationKind.LIST, "GET", TYPE, everywhere, this::list));
  }

  private Reply put(ArmCall call) {
    if (!ArmTrace.isGuid(call.path().name())) {
      throw new ArmRefusal(RoleErrors.invalidAssignmentId(call.path().name()));
    }
    scopes.require(call.path().scope());
    var wish = RoleAssignmentWish.of(call.body());
    var role =
        cloud
            .grants()
            .definition(wish.roleDefinitionId())
            .orElseThrow(
                () -> new ArmRefusal(RoleErrors.definitionNotFound(400, wish.roleDefinitionId())));
    scopes.requireAssignable(role, call.path().scope());
    var principalType = principalType(call, wish);
    return cloud.atomically(
        () -> {
          var existing = cloud.grants().find(call.path().name());
          refuseConflicts(call, wish, existing);
          var assignment = assignment(call, wish, principalType, existing);
          cloud.grants().put(assignment);
          return Reply.json(
              existing.isPresent() ? 200 : 201,
              RoleAssignmentJson.of(assignment, existing.isPresent()));
        });
  }

  private void refuseConflicts(
      ArmCall call, RoleAssignmentWish wish, Optional<RoleAssignment> existing) {
    existing
        .filter(old -> !wish.isSameGrant(old) || !old.scope().isSame(call.path().scope()))
        .ifPresent(
            _ -> {
              throw new ArmRefusal(RoleErrors.updateNotPermitted());
            });
    cloud.grants().ofPrincipal(wish.principalId()).stream()
        .filter(other -> !other.name().equalsIgnoreCase(call.path().name()))
        .filter(other -> wish.isSameGrant(other) && other.scope().isSame(call.path().scope()))
        .findFirst()
        .ifPresent(
            other -> {
              throw new ArmRefusal(
                  RoleErrors.exists(other.name(), call.isAtLeast(NAMED_CONFLICT_SINCE)));
            });
    if (existing.isEmpty() && isFull(call.path().scope())) {
      throw new ArmRefusal(RoleErrors.tooMany());
    }
  }

  private boolean isFull(Scope scope) {
    int most = behaviour.limits().get().roleAssignmentsPerSubscription();
    return scope
        .subscription()
        .filter(
            s -> cloud.grants().all().stream().filter(a -> s.contains(a.scope())).count() >= most)
        .isPresent();
  }

  /** Azure looks for the principal only when it is not told what kind it is. */
  private String principalType(ArmCall call, RoleAssignmentWish wish) {
    var known = cloud.directory().byObjectId(wish.principalId()).filter(p -> p.isKnown(call.now()));
    var given = wish.principalType();
    if (given.isEmpty() && known.isEmpty()) {
      throw new ArmRefusal(RoleErrors.principalNotFound(wish.principalId(), tenantId));
    }
    given
        .filter(type -> known.isPresent() && !type.equalsIgnoreCase("ServicePrincipal"))
        .ifPresent(
            type -> {
              throw new ArmRefusal(
                  RoleErrors.otherPrincipalType(wish.principalId(), "ServicePrincipal", type));
            });
    return given.orElse("ServicePrincipal");
  }

  /** An update keeps when it was made and from when on it counts. */
  private RoleAssignment assignment(
      ArmCall call,
      RoleAssignmentWish wish,
      String principalType,
      Optional<RoleAssignment> existing) {
    var now = call.now();
    var audit =
        new RoleAssignment.Audit(
            existing.map(old -> old.audit().createdOn()).orElse(now),
            now,
            call.caller().objectId(),
            existing
                .map(old -> old.audit().effectiveAt())
                .orElseGet(() -> now.plus(behaviour.propagation().get().roleAssignments())));
    return new RoleAssignment(
        existing.map(RoleAssignment::name).orElse(call.path().name()),
        existing.map(RoleAssignment::scope).orElse(call.path().scope()),
        new RoleAssignment.Grant(wish.roleDefinitionId(), wish.principalId(), principalType),
        wish.condition(),
        wish.conditionVersion(),
        wish.description(),
        audit);
  }

  private Optional<RoleAssignment> find(ArmCall call) {
    return cloud
        .grants()
        .find(call.path().name())
        .filter(assignment -> assignment.scope().isSame(call.path().scope()));
  }

  private Reply get(ArmCall call) {
    return find(call)
        .map(assignment -> Reply.json(200, RoleAssignmentJson.of(assignment, true)))
        .orElseThrow(() -> new ArmRefusal(RoleErrors.assignmentNotFound(call.path().name())));
  }

  private Reply delete(ArmCall call) {
    return find(call)
        .flatMap(assignment -> cloud.grants().remove(assignment.name()))
        .map(assignment -> Reply.json(200, RoleAssignmentJson.of(assignment, true)))
        .orElseGet(() -> Reply.empty(204));
  }

  private Reply list(ArmCall call) {
    var filter =
        RoleAssignmentFilter.of(
            call.request().parameter("$filter").orElse(""),
            call.path().scope(),
            cloud.managementGroups());
    var found = cloud.grants().all().stream().filter(filter).toList();
    return pages.page(call, found, a -> a.name().toLowerCase(Locale.ROOT), a -> json(a));
  }

  private static JsonNode json(RoleAssignment assignment) {
    return RoleAssignmentJson.of(assignment, true);
  }
}
