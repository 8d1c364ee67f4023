package dev.managedidentity.dev.emulator.control;

import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Principal;
import dev.managedidentity.dev.emulator.model.ResourceGroup;
import dev.managedidentity.dev.emulator.model.RoleAssignment;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.dev.emulator.model.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What exists at the start: a subscription, resource groups, and the operator's own principal. */
public record Seed(
    String subscriptionId, List<Group> groups, Operator operator, List<Grant> operatorGrants) {

  /** A resource group of the subscription. */
  public record Group(String name, String location) {}

  /** The application that the operator signs in as. */
  public record Operator(String clientId, String clientSecret, String objectId) {
    @Override
    public String toString() {
      return "Operator[" + clientId + "]";
    }
  }

  /** A role of the operator in a resource group, or in the subscription when none is named. */
  public record Grant(String role, Optional<String> resourceGroup) {}

  public Seed {
    groups = List.copyOf(groups);
    operatorGrants = List.copyOf(operatorGrants);
  }

  /**
   * One resource group, {@code platform}, in which the operator manages identities; access it may
   * administer in the whole subscription, and assign identities to resources by a custom role of
   * that. It is no Contributor: what it does not need is denied.
   */
  public static Seed withFreshIds() {
    return new Seed(
        UUID.randomUUID().toString(),
        List.of(new Group("platform", "westeurope")),
        new Operator(
            UUID.randomUUID().toString(),
            "secret-" + UUID.randomUUID(),
            UUID.randomUUID().toString()),
        List.of(
            new Grant("Managed Identity Contributor", Optional.of("platform")),
            new Grant("Role Based Access Control Administrator", Optional.empty()),
            new Grant(OperatorRole.NAME, Optional.empty())));
  }

  public Seed withSubscriptionId(String id) {
    return new Seed(id, groups, operator, operatorGrants);
  }

  public Seed withGroups(List<Group> newGroups) {
    return new Seed(subscriptionId, newGroups, operator, operatorGrants);
  }

  public Seed withOperator(Operator newOperator) {
    return new Seed(subscriptionId, groups, newOperator, operatorGrants);
  }

  public Seed withOperatorGrants(List<Grant> newGrants) {
    return new Seed(subscriptionId, groups, operator, newGrants);
  }

  /** Makes it exist. */
  public void plant(Cloud cloud, Instant now) {
    cloud.put(new Subscription(subscriptionId, "Emulated subscription"));
    for (var group : groups) {
      cloud.put(new ResourceGroup(subscriptionId, group.name(), group.location(), Map.of()));
    }
    cloud
        .directory()
        .put(
            new Principal(
                operator.objectId(),
                operator.clientId(),
                "managed-identity-operator",
                Optional.of(operator.clientSecret()),
                Optional.empty(),
                now));
    cloud.grants().define(OperatorRole.in(Scope.subscription(subscriptionId)));
    for (var grant : operatorGrants) {
      var scope =
          grant
              .resourceGroup()
              .map(name -> Scope.group(subscriptionId, name))
              .orElseGet(() -> Scope.subscription(subscriptionId));
      cloud.grants().put(assignment(cloud, operator.objectId(), grant.role(), scope, now));
    }
  }

  /** An assignment that counts at once; the role must be one of the emulator's. */
  static RoleAssignment assignment(
      Cloud cloud, String principalId, String role, Scope scope, Instant now) {
    var definition =
        cloud.grants().definitions().stream()
            .filter(found -> found.roleName().equalsIgnoreCase(role))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The emulator knows no role '" + role + "'; see roles.json"));
    return new RoleAssignment(
        UUID.randomUUID().toString(),
        scope,
        new RoleAssignment.Grant(definition.id(), principalId, "ServicePrincipal"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new RoleAssignment.Audit(now, now, principalId, now));
  }
}
