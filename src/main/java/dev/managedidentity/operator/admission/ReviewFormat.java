package dev.managedidentity.operator.admission;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.operator.admission.AdmissionRequest.Change;
import dev.managedidentity.operator.admission.AdmissionRequest.Operation;
import dev.managedidentity.operator.admission.AdmissionRequest.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * AdmissionReview version 1 as JSON (https://kubernetes.io/docs/reference/access-authn-authz/
 * extensible-admission-controllers/).
 */
final class ReviewFormat {
  private static final String API_VERSION = "admission.k8s.io/v1";
  private static final String KIND = "AdmissionReview";

  private final ObjectMapper json = new ObjectMapper();

  /** The question in a body. */
  AdmissionRequest read(byte[] body) throws RefusedRequestException {
    var review = tree(body);
    if (!text(review, "apiVersion").equals(API_VERSION) || !text(review, "kind").equals(KIND)) {
      throw malformed("apiVersion and kind are \"%s\" and \"%s\"".formatted(API_VERSION, KIND));
    }
    var request = review.path("request");
    var uid = text(request, "uid");
    if (uid.isEmpty()) {
      throw malformed("request.uid is set");
    }
    return new AdmissionRequest(
        uid,
        target(request),
        new Change(operation(request), request.path("object"), request.path("oldObject")),
        text(request.path("userInfo"), "username"),
        request.path("dryRun").asBoolean());
  }

  /** The answer to the question with this uid. */
  String write(String uid, AdmissionAnswer answer) {
    var review = json.createObjectNode().put("apiVersion", API_VERSION).put("kind", KIND);
    var response = review.putObject("response").put("uid", uid);
    switch (answer) {
      case AdmissionAnswer.Allowed allowed -> allow(response, allowed);
      case AdmissionAnswer.Denied denied ->
          response
              .put("allowed", false)
              .putObject("status")
              .put("code", denied.code())
              .put("message", denied.message());
    }
    if (!answer.warnings().isEmpty()) {
      answer.warnings().forEach(response.putArray("warnings")::add);
    }
    return review.toString();
  }

  private void allow(ObjectNode response, AdmissionAnswer.Allowed allowed) {
    response.put("allowed", true);
    if (!allowed.patch().isEmpty()) {
      var patch = allowed.patch().toString().getBytes(StandardCharsets.UTF_8);
      response.put("patchType", "JSONPatch").put("patch", patch); // binary is base64 in JSON
    }
  }

  private JsonNode tree(byte[] body) throws RefusedRequestException {
    try {
      return json.readTree(body);
    } catch (IOException _) { // what it says would quote the object, which may be a secret
      throw malformed("it is JSON");
    }
  }

  private static Target target(JsonNode request) {
    var resource = request.path("resource");
    return new Target(
        text(resource, "group"),
        text(resource, "version"),
        text(resource, "resource"),
        text(request, "namespace"),
        text(request, "name"));
  }

  private static Operation operation(JsonNode request) throws RefusedRequestException {
    var word = text(request, "operation");
    return Arrays.stream(Operation.values())
        .filter(operation -> operation.name().equals(word))
        .findFirst()
        .orElseThrow(() -> malformed("request.operation is CREATE, UPDATE, DELETE or CONNECT"));
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asText("");
  }

  private static RefusedRequestException malformed(String expected) {
    return new RefusedRequestException(
        HTTP_BAD_REQUEST, "This is no AdmissionReview: expected is that " + expected + ".");
  }
}
