package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.model.RoleAssignment;
import org.jspecify.annotations.Nullable;

/** Role assignments as the authorization service writes them. */
final class RoleAssignmentJson {
  private RoleAssignmentJson() {}

  /** The reply to a creation does not name its creator; every later one does. */
  static JsonNode of(RoleAssignment assignment, boolean namesCreator) {
    var grant = assignment.grant();
    var audit = assignment.audit();
    @Nullable String none = null;
    var properties =
        Json.object()
            .put("roleDefinitionId", roleDefinitionId(assignment))
            .put("principalId", grant.principalId())
            .put("principalType", grant.principalType())
            .put("scope", assignment.scope().toString())
            .put("condition", assignment.condition().orElse(none))
            .put("conditionVersion", assignment.conditionVersion().orElse(none))
            .put("createdOn", audit.createdOn().toString())
            .put("updatedOn", audit.updatedOn().toString())
            .put("createdBy", namesCreator ? audit.writer() : none)
            .put("updatedBy", audit.writer())
            .put("delegatedManagedIdentityResourceId", none)
            .put("description", assignment.description().orElse(none));
    var body = Json.object();
    body.set("properties", properties);
    return body.put("id", assignment.id().path())
        .put("type", RoleAssignmentResources.TYPE)
        .put("name", assignment.name());
  }

  private static String roleDefinitionId(RoleAssignment assignment) {
    var subscription = assignment.scope().subscription().map(s -> s.path()).orElse("");
    return subscription
        + "/providers/"
        + RoleDefinitionResources.TYPE
        + "/"
        + assignment.grant().roleDefinitionId();
  }
}
