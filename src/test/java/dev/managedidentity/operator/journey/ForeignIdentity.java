package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.dev.emulator.model.Credential;
import dev.managedidentity.dev.emulator.model.Identity;
import dev.managedidentity.dev.emulator.model.RoleAssignment;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An identity that somebody made in the portal, with a tag, a credential and a role of theirs. */
record ForeignIdentity(Team team, Identity made) {
  static final Map<String, String> TAGS = Map.of("made", "by hand");
  static final String LOCATION = "northeurope";

  static ForeignIdentity make(Team team) {
    var world = team.azure().control().outOfBand();
    var group = Scope.group(team.azure().subscriptionId(), "platform");
    var identity = world.addIdentity(group, "portal-" + team.name(), LOCATION, TAGS);
    world.putCredential(
        identity.scope(), "theirs", "https://issuer.example", "their-subject", "their-audience");
    world.grant(identity.principalId(), "Reader", group);
    return new ForeignIdentity(team, identity);
  }

  /** A spec that names the identity, with this policy and more fields. */
  String spec(String policy, String... more) {
    var rest = more.length == 0 ? "" : ", " + String.join(", ", more);
    return "{managementPolicy: %s, azure: {name: %s}%s}".formatted(policy, made.name(), rest);
  }

  Optional<Identity> now() {
    return team.azure().control().snapshot().identities().stream()
        .filter(identity -> identity.scope().isSame(made.scope()))
        .findFirst();
  }

  Map<String, String> tags() {
    return requireNonNull(now().orElseThrow().tags());
  }

  /** All credentials on it. */
  List<Credential> credentials() {
    return team.azure().control().snapshot().credentials().stream()
        .filter(credential -> credential.identity().isSame(made.scope()))
        .toList();
  }

  /** All roles that it has. */
  List<RoleAssignment> roles() {
    return team.azure().control().snapshot().roleAssignments().stream()
        .filter(role -> role.grant().principalId().equals(made.principalId()))
        .toList();
  }
}
