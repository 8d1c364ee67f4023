package dev.managedidentity.operator.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the API server writes down of the requests of one user. */
record Audit(Path log) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A request.
   *
   * @param resource with its subresource
   * @param isAllowed whether RBAC let it through
   */
  record Request(String verb, String group, String resource, boolean isAllowed) {
    @Override
    public String toString() {
      return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
    }
  }

  /** Flags of an API server that writes down what this user does. */
  List<String> flags(String user) {
    var policy =
        """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        rules:
          - level: Metadata
            users: ["%s"]
            omitStages: [RequestReceived]
        """
            .formatted(user);
    try {
      var file = Files.writeString(log.resolveSibling("audit-policy.yaml"), policy);
      return List.of("--audit-policy-file=" + file, "--audit-log-path=" + log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many lines there are: where to begin to read later. */
  int size() {
    return lines().size();
  }

  /** The requests for resources from this line on. */
  Stream<Request> since(int line) {
    return lines().stream()
        .skip(line)
        .map(Audit::read)
        .filter(event -> event.has("objectRef"))
        .map(Audit::request);
  }

  private static Request request(JsonNode event) {
    var object = event.path("objectRef");
    var subresource = object.path("subresource").asText();
    return new Request(
        event.path("verb").asText(),
        object.path("apiGroup").asText(),
        object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
        event.path("annotations").path("authorization.k8s.io/decision").asText().equals("allow"));
  }

  /** A line that is being written is not seen yet. */
  private List<String> lines() {
    try {
      var text = Files.exists(log) ? Files.readString(log) : "";
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
