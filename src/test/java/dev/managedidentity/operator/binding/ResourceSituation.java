package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.AssignmentStatus;
import dev.managedidentity.operator.api.AssignmentStatus.State;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.binding.BindingFacts.Grants;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Lifetime;
import dev.managedidentity.operator.binding.BindingFacts.Look;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.inventory.Sighting;
import java.util.Optional;
import java.util.Set;

/** Facts for tests: those of a new binding of a virtual machine, and what is different here. */
record ResourceSituation(
    boolean isDeleting,
    Subject.Resource subject,
    IdentityBindingStatus status,
    Identity identity,
    Set<String> tried) {

  static final String MACHINE =
      "/subscriptions/sub/resourceGroups/group/providers/Microsoft.Compute/virtualMachines/vm1";
  static final String URL = "https://management.azure.com/operations/1";

  /** The identity can be used, the machine is there without it, nothing is known of Azure. */
  static ResourceSituation fresh() {
    return new ResourceSituation(
        false,
        new Subject.Resource(MACHINE, new Look.Bare(), Optional.empty()),
        IdentityBindingStatus.EMPTY,
        Situation.usable(Situation.ID, "client-1"),
        Set.of());
  }

  /** The machine has the identity, and the status knows in what way. */
  static ResourceSituation having(State state) {
    return fresh().knowing(entry(state)).looking(new Look.NotAsked());
  }

  static AssignmentStatus entry(State state) {
    return entry(Situation.ID, state);
  }

  static AssignmentStatus entry(IdentityId identity, State state) {
    return new AssignmentStatus(MACHINE, identity.toString(), "client-1", state, null);
  }

  static AzureResource machine(IdentityId... identities) {
    return AzureResource.of(
        MACHINE,
        null,
        null,
        java.util.Arrays.stream(identities).map(IdentityId::toString).toList());
  }

  ResourceSituation deleting() {
    return new ResourceSituation(true, subject, status, identity, tried);
  }

  ResourceSituation knowing(AssignmentStatus entry) {
    return knowing(status.withAssignment(entry));
  }

  ResourceSituation knowing(IdentityBindingStatus now) {
    return new ResourceSituation(isDeleting, subject, now, identity, tried);
  }

  ResourceSituation looking(Look look) {
    var other = new Subject.Resource(MACHINE, look, subject.sighting());
    return new ResourceSituation(isDeleting, other, status, identity, tried);
  }

  ResourceSituation seeing(Sighting<AzureResource> sighting) {
    var other = new Subject.Resource(MACHINE, subject.look(), Optional.of(sighting));
    return new ResourceSituation(isDeleting, other, status, identity, tried);
  }

  ResourceSituation with(Identity other) {
    return new ResourceSituation(isDeleting, subject, status, other, tried);
  }

  ResourceSituation trying(AssignmentStatus entry) {
    return new ResourceSituation(
        isDeleting, subject, status, identity, Set.of(BindingPlan.key(entry)));
  }

  BindingFacts facts() {
    return new BindingFacts(
        new Lifetime(3, isDeleting),
        subject,
        status,
        identity,
        Optional.empty(),
        Grants.NONE,
        Situation.UNPROVEN,
        tried);
  }

  BindingPlan plan() {
    return BindingPlanner.plan(facts(), Situation.NOW);
  }
}
