package dev.managedidentity.operator.azure.arm;

import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import dev.managedidentity.operator.azure.IdentityDefinition;
import java.io.IOException;

/**
 * Body of an identity's PUT. The SDK's model leaves out the isolation scope; it is always sent, so
 * that a Regional identity becomes None again when the definition says so.
 */
record IdentityBody(IdentityDefinition definition) implements JsonSerializable<IdentityBody> {
  @Override
  public JsonWriter toJson(JsonWriter json) throws IOException {
    return json.writeStartObject()
        .writeStringField("location", definition.location())
        .writeMapField("tags", definition.tags(), JsonWriter::writeString)
        .writeStartObject("properties")
        .writeStringField("isolationScope", definition.isRegional() ? "Regional" : "None")
        .writeEndObject()
        .writeEndObject();
  }
}
