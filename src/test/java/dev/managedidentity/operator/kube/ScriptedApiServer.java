package dev.managedidentity.operator.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An API server that answers as it is told and remembers what it was asked. It decides nothing
 * itself: what a real one does with these requests is tried elsewhere.
 */
public final class ScriptedApiServer implements AutoCloseable {
  /** The mock tells about every request. Held, because the JDK forgets levels of loggers unheld. */
  private static final Logger MOCK = Logger.getLogger("io.fabric8.mockwebserver.MockWebServer");

  private final KubernetesMockServer server = new KubernetesMockServer(false);
  private final KubernetesClient client;
  private int taken;

  public ScriptedApiServer() {
    MOCK.setLevel(Level.WARNING);
    server.init();
    client =
        server.createClient(
            builder -> builder.editOrNewConfig().withRequestRetryBackoffLimit(0).endConfig());
  }

  public KubernetesClient client() {
    return client;
  }

  /** One GET of this path, query included, gets this answer. */
  public ScriptedApiServer onGet(String path, int code, Object answer) {
    server.expect().get().withPath(path).andReturn(code, answer).once();
    return this;
  }

  /** One POST to this path, query included, gets this answer. */
  public ScriptedApiServer onPost(String path, int code, Object answer) {
    server.expect().post().withPath(path).andReturn(code, answer).once();
    return this;
  }

  /** One PATCH of this path, query included, gets this answer. */
  public ScriptedApiServer onPatch(String path, int code, Object answer) {
    server.expect().patch().withPath(path).andReturn(code, answer).once();
    return this;
  }

  /** One DELETE of this path, query included, gets this answer. */
  public ScriptedApiServer onDelete(String path, int code, Object answer) {
    server.expect().delete().withPath(path).andReturn(code, answer).once();
    return this;
  }

  /** What Kubernetes answers when it does not do what was asked. */
  public static Status failure(int code, String reason, String message) {
    return new StatusBuilder()
        .withStatus("Failure")
        .withCode(code)
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  /** Method, path and query of each request so far. */
  public List<String> calls() {
    return requests().stream().map(one -> one.getMethod() + " " + one.getPath()).toList();
  }

  /** The requests since the last look. */
  public List<RecordedRequest> requests() {
    var requests = new ArrayList<RecordedRequest>();
    while (server.getRequestCount() > taken + requests.size()) {
      requests.add(take());
    }
    taken += requests.size();
    return requests;
  }

  private RecordedRequest take() {
    try {
      return Objects.requireNonNull(server.takeRequest());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** From now on nobody answers. */
  public void stop() {
    server.shutdown();
  }

  /** The body of a request as JSON. */
  public static JsonNode body(RecordedRequest request) {
    return Serialization.unmarshal(request.getUtf8Body(), JsonNode.class);
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }
}
