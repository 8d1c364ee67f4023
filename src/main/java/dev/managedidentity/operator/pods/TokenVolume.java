package dev.managedidentity.operator.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.StreamSupport;

/**
 * The volume with a pod's token for Entra, named and placed as azure-workload-identity 1.6 does it,
 * so that whichever webhook comes second finds it.
 */
final class TokenVolume {
  static final String MOUNT_PATH = "/var/run/secrets/azure/wi";
  static final String TOKEN_PATH = "token/azure-identity-token";
  static final String TOKEN_FILE = MOUNT_PATH + "/" + TOKEN_PATH;
  private static final String PREFIX = "azure-workload-identity-reserved-";
  private static final int DIGEST_LENGTH = 30;

  private TokenVolume() {}

  /** Name of the volume in a pod; a pod that has no name yet is known by its prefix. */
  static String name(JsonNode pod) {
    var metadata = pod.path("metadata");
    var name = metadata.path("name").asText("");
    var known = name.isEmpty() ? metadata.path("generateName").asText("") + " (prefix)" : name;
    return PREFIX + sha256(known).substring(0, DIGEST_LENGTH);
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether the pod has a volume with such a token, under whatever name. */
  static boolean isToken(JsonNode volume) {
    return StreamSupport.stream(volume.path("projected").path("sources").spliterator(), false)
        .anyMatch(
            source ->
                source.path("serviceAccountToken").path("path").asText("").equals(TOKEN_PATH));
  }

  static ObjectNode volume(String name, String audience, int expirationSeconds) {
    var json = JsonNodeFactory.instance;
    var token =
        json.objectNode()
            .put("audience", audience)
            .put("expirationSeconds", expirationSeconds)
            .put("path", TOKEN_PATH);
    var volume = json.objectNode().put("name", name);
    volume.putObject("projected").putArray("sources").addObject().set("serviceAccountToken", token);
    return volume;
  }

  static ObjectNode mount(String name) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("mountPath", MOUNT_PATH)
        .put("readOnly", true);
  }
}
