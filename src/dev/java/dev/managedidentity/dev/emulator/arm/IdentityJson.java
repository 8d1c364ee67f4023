package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.model.Credential;
import dev.managedidentity.dev.emulator.model.Identity;
import java.util.List;

/** Identities and their credentials as the service writes them. */
record IdentityJson(String tenantId) {

  JsonNode of(Identity identity, ArmCall call) {
    var properties =
        Json.object()
            .put("tenantId", tenantId)
            .put("principalId", identity.principalId())
            .put("clientId", identity.clientId());
    if (call.isAtLeast(IdentityWish.ISOLATION_SINCE)) {
      properties.put("isolationScope", identity.isolationScope());
    }
    if (call.isAtLeast(IdentityWish.RESTRICTIONS_SINCE)) {
      var restrictions = Json.object();
      restrictions.set("providers", Json.texts(identity.restrictedTo()));
      properties.set("assignmentRestrictions", restrictions);
    }
    var body = brief(identity);
    body.set("properties", properties);
    return body;
  }

  /** As in a list of all resources: without properties. */
  static ObjectNode brief(Identity identity) {
    var body =
        Json.object()
            .put("id", identity.scope().path())
            .put("name", identity.name())
            .put("type", IdentityResources.TYPE)
            .put("location", identity.location());
    body.set("tags", Json.map(identity.tags()));
    return body;
  }

  JsonNode of(Credential credential) {
    var properties =
        Json.object().put("issuer", credential.issuer()).put("subject", credential.subject());
    properties.set("audiences", Json.texts(List.of(credential.audience())));
    var body =
        Json.object()
            .put("id", credential.scope().path())
            .put("name", credential.name())
            .put("type", CredentialResources.TYPE);
    body.set("properties", properties);
    return body;
  }
}
