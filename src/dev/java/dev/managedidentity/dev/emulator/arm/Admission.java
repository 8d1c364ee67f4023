package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.behaviour.Behaviour;
import dev.managedidentity.dev.emulator.entra.Caller;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.Locale;

/** Everything that is asked of a request before its resource type sees it, in Azure's order. */
final class Admission {
  private final Cloud cloud;
  private final Behaviour behaviour;
  private final Authoriser authoriser;
  private final String tenantId;

  Admission(Cloud cloud, Behaviour behaviour, Authoriser authoriser, String tenantId) {
    this.cloud = cloud;
    this.behaviour = behaviour;
    this.authoriser = authoriser;
    this.tenantId = tenantId;
  }

  void check(Caller caller, Route route, ArmPath path) {
    path.target().subscriptionId().ifPresent(this::requireSubscription);
    requireBudget(route, path);
    if (!route.action().isEmpty() && !authoriser.allows(caller, route.action(), path.target())) {
      throw new ArmRefusal(GatewayErrors.denied(caller, route.action(), path.deniedScope()));
    }
    path.scope().group().filter(_ -> !route.isOfGroups()).ifPresent(this::requireGroup);
    requireNoLock(route, path);
  }

  private void requireSubscription(String id) {
    if (!ArmTrace.isGuid(id)) {
      throw new ArmRefusal(GatewayErrors.invalidSubscription(id));
    }
    var subscription =
        cloud
            .subscription(id)
            .orElseThrow(() -> new ArmRefusal(GatewayErrors.subscriptionNotFound(id)));
    subscription
        .otherTenant()
        .ifPresent(
            other -> {
              throw new ArmRefusal(GatewayErrors.wrongTenant(tenantId, other));
            });
  }

  private void requireBudget(Route route, ArmPath path) {
    var subscription = path.target().subscriptionId().orElse("").toLowerCase(Locale.ROOT);
    behaviour
        .throttles()
        .refuse(route.operation(), subscription, path.target().key())
        .ifPresent(
            seconds -> {
              throw new ArmRefusal(GatewayErrors.throttled(path.target(), seconds));
            });
  }

  private void requireGroup(Scope group) {
    if (cloud.group(group).isEmpty()) {
      throw new ArmRefusal(GatewayErrors.groupNotFound(group.resourceGroup().orElse("")));
    }
  }

  private void requireNoLock(Route route, ArmPath path) {
    var kind = route.operation().kind();
    var locked = behaviour.locks().forbidding(kind, path.target());
    if (!locked.isEmpty()) {
      throw new ArmRefusal(
          GatewayErrors.locked(path.target(), kind.name().toLowerCase(Locale.ROOT), locked));
    }
  }
}
