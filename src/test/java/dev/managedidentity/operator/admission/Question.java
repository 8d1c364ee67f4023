package dev.managedidentity.operator.admission;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An AdmissionReview as an API server sends it when a pod is created. */
final class Question {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Question() {}

  static ObjectNode aboutPod(String uid, String name) {
    var review =
        JSON.createObjectNode()
            .put("apiVersion", "admission.k8s.io/v1")
            .put("kind", "AdmissionReview");
    var request =
        review
            .putObject("request")
            .put("uid", uid)
            .put("operation", "CREATE")
            .put("namespace", "shop")
            .put("name", name)
            .put("dryRun", true);
    request.putObject("resource").put("group", "").put("version", "v1").put("resource", "pods");
    request.putObject("userInfo").put("username", "jane");
    request.putObject("object").putObject("metadata").put("name", name);
    request.putNull("oldObject");
    return review;
  }
}
