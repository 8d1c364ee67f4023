package dev.managedidentity.dev.emulator.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.model.Permission;
import dev.managedidentity.dev.emulator.model.RoleDefinition;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.List;
import java.util.UUID;

/** The custom role by which the operator assigns identities to resources, as one file lists it. */
final class OperatorRole {
  static final String NAME = "Resource Identity Assigner";

  private OperatorRole() {}

  static RoleDefinition in(Scope subscription) {
    var file =
        Json.resource(OperatorRole.class, "/dev/managedidentity/dev/emulator/operator-role.json");
    return new RoleDefinition(
        UUID.nameUUIDFromBytes((NAME + subscription.key()).getBytes(UTF_8)).toString(),
        NAME,
        file.path("description").asText(),
        new Permission(Json.texts(file, "actions"), List.of(), List.of(), List.of()),
        List.of(subscription));
  }
}
