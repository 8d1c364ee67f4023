package dev.managedidentity.operator.azure.arm;

import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import java.io.IOException;
import java.util.Map;

/**
 * Body of a PATCH of a resource's identities. It names all of them, since some providers merge what
 * they get and others replace what they have.
 *
 * @param identities by resource id, whether each is to be there
 */
record IdentityPatch(boolean isSystemAssigned, Map<String, Boolean> identities)
    implements JsonSerializable<IdentityPatch> {

  IdentityPatch {
    identities = Map.copyOf(identities);
  }

  /** With no user-assigned identity left the type says it all; a map beside it is refused. */
  @Override
  public JsonWriter toJson(JsonWriter json) throws IOException {
    var isUserAssigned = identities.containsValue(true);
    json.writeStartObject().writeStartObject("identity").writeStringField("type", type());
    if (isUserAssigned) {
      json.writeStartObject("userAssignedIdentities");
      for (var id : identities.keySet().stream().sorted().toList()) {
        if (Boolean.TRUE.equals(identities.get(id))) {
          json.writeStartObject(id).writeEndObject();
        } else {
          json.writeNullField(id);
        }
      }
      json.writeEndObject();
    }
    return json.writeEndObject().writeEndObject();
  }

  private String type() {
    if (identities.containsValue(true)) {
      return isSystemAssigned ? "SystemAssigned, UserAssigned" : "UserAssigned";
    }
    return isSystemAssigned ? "SystemAssigned" : "None";
  }
}
