package dev.managedidentity.operator.kube;

import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** What the refusal of a write by the API server means. */
public final class ServerReply {
  /** What a validating admission policy answers, among others. */
  private static final int UNPROCESSABLE = 422;

  private ServerReply() {}

  /** The problem with this object, of which its kind, namespace and name are said. */
  public static Problem problem(String object, KubernetesClientException e) {
    var said = text(object, e);
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_CONFLICT -> new Problem.Contended(said);
      case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
          new Problem.Denied(Reason.KUBERNETES_FORBIDDEN, said);
      default -> new Problem.Unreachable(said);
    };
  }

  /** What the API server said of the object, as a sentence. */
  static String text(String object, KubernetesClientException e) {
    var said = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
    return object + ": " + said + ".";
  }
}
