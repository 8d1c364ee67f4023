package dev.managedidentity.operator.kube;

import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Asks the API server under which name it knows a client. */
public final class OwnUser {
  private OwnUser() {}

  /** The user name; every authenticated client may ask for its own. */
  public static String name(KubernetesClient client) {
    return client
        .resource(new SelfSubjectReview())
        .create()
        .getStatus()
        .getUserInfo()
        .getUsername();
  }
}
