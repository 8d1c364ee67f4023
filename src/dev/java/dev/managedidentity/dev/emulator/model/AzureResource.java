package dev.managedidentity.dev.emulator.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.dev.emulator.http.Json;
import java.util.List;
import java.util.Map;

/**
 * An Azure resource that can carry identities: a virtual machine, a web app or any other type.
 *
 * <p>{@code content} is what its owner wrote, word for word, without what the service adds; {@code
 * version} grows with every change.
 */
public record AzureResource(
    Scope id, String type, ObjectNode content, ResourceIdentity identity, long version) {
  private static final List<String> OF_THE_SERVICE =
      List.of("id", "name", "type", "identity", "etag");

  public AzureResource {
    content = content.deepCopy();
    content.remove(OF_THE_SERVICE);
  }

  /** A new resource without any identity; its content names the location at least. */
  public static AzureResource of(Scope id, String type, ObjectNode content) {
    return new AzureResource(id, type, content, ResourceIdentity.NONE, 1);
  }

  /** A copy that the caller may change. */
  @Override
  public ObjectNode content() {
    return content.deepCopy();
  }

  public String name() {
    return id.name();
  }

  public String location() {
    return content.path("location").asText();
  }

  public Map<String, String> tags() {
    return Json.map(content, "tags");
  }

  public AzureResource with(ObjectNode newContent) {
    return new AzureResource(id, type, newContent, identity, version + 1);
  }

  public AzureResource with(ResourceIdentity newIdentity) {
    return new AzureResource(id, type, content, newIdentity, version + 1);
  }

  /** The same resource under another id; its own identity goes with it. */
  public AzureResource at(Scope newId) {
    return new AzureResource(newId, type, content, identity, version + 1);
  }
}
