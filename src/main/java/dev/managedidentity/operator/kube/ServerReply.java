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

  /** The problem with this object, which is named as {@code Kind namespace/name}. */
  public static Problem problem(String object, KubernetesClientException e) {
    var said = object + ": " + said(e) + ".";
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_CONFLICT -> new Problem.Contended(said);
      case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
          new Problem.Denied(Reason.KUBERNETES_FORBIDDEN, said);
      default -> new Problem.Unreachable(said);
    };
  }

  private static String said(KubernetesClientException e) {
    return e.getStatus() == null
        ? String.valueOf(e.getMessage())
        : String.valueOf(e.getStatus().getMessage());
  }
}
