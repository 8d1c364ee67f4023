package dev.managedidentity.operator.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.operator.admission.AdmissionRequest.Operation;
import dev.managedidentity.operator.admission.AdmissionRequest.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReviewFormatTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ReviewFormat format = new ReviewFormat();

  @Test
  void readsWhatIsAsked() throws Exception {
    var request = read(Question.aboutPod("u1", "cart"));

    assertThat(request.uid()).isEqualTo("u1");
    assertThat(request.target()).isEqualTo(new Target("", "v1", "pods", "shop", "cart"));
    assertThat(request.change().operation()).isEqualTo(Operation.CREATE);
    assertThat(request.change().object().at("/metadata/name").textValue()).isEqualTo("cart");
    assertThat(request.change().oldObject().isNull()).isTrue();
    assertThat(request.user()).isEqualTo("jane");
    assertThat(request.isDryRun()).isTrue();
  }

  @Test
  void whatIsNotSaidIsEmpty() throws Exception {
    var question = Question.aboutPod("u1", "cart");
    ((ObjectNode) question.path("request"))
        .remove(List.of("name", "dryRun", "userInfo", "resource", "object"));

    var request = read(question);

    assertThat(request.target()).isEqualTo(new Target("", "", "", "shop", ""));
    assertThat(request.user()).isEmpty();
    assertThat(request.isDryRun()).isFalse();
    assertThat(request.change().object().isMissingNode()).isTrue();
  }

  @Test
  void refusesWhatIsNoQuestion() {
    assertRefused("{", "it is JSON");
    assertRefused("", "apiVersion and kind are");
    assertRefused("[]", "apiVersion and kind are");
    assertRefused(question -> question.put("apiVersion", "admission.k8s.io/v1beta1"), "apiVersion");
    assertRefused(question -> question.remove("request"), "request.uid is set");
    assertRefused(
        question -> ((ObjectNode) question.path("request")).put("operation", "PAINT"),
        "request.operation is CREATE, UPDATE, DELETE or CONNECT");
  }

  @Test
  void writesNoMoreThanThatItIsAllowed() throws IOException {
    assertThat(written(AdmissionAnswer.allowed()))
        .isEqualTo(
            JSON.readTree(
                """
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
                 "response": {"uid": "u1", "allowed": true}}
                """));
  }

  @Test
  void writesAPatchInBase64() throws IOException {
    var patch = JSON.createArrayNode();
    patch.addObject().put("op", "add").put("path", "/metadata/labels").put("value", "\u00e4");

    var response = written(AdmissionAnswer.patched(patch, List.of("one", "two"))).path("response");

    assertThat(response.path("patchType").textValue()).isEqualTo("JSONPatch");
    assertThat(JSON.readTree(response.path("patch").binaryValue())).isEqualTo(patch);
    assertThat(response.path("warnings"))
        .extracting(JsonNode::textValue)
        .containsExactly("one", "two");
  }

  @Test
  void writesWhyItIsDenied() throws IOException {
    var response = written(AdmissionAnswer.denied("Not so.")).path("response");

    assertThat(response.path("allowed").booleanValue()).isFalse();
    assertThat(response.path("status"))
        .isEqualTo(JSON.readTree("{\"code\": 403, \"message\": \"Not so.\"}"));
  }

  @Test
  void anAnswerIsNotChangedAfterwards() {
    var patch = JSON.createArrayNode();
    var answer = (AdmissionAnswer.Allowed) AdmissionAnswer.patched(patch, List.of());

    patch.addObject();

    assertThat(answer.patch()).isEmpty();
  }

  private JsonNode written(AdmissionAnswer answer) throws IOException {
    return JSON.readTree(format.write("u1", answer));
  }

  private AdmissionRequest read(JsonNode question) throws RefusedRequestException {
    return format.read(question.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void assertRefused(Consumer<ObjectNode> mistake, String expected) {
    var question = Question.aboutPod("u1", "cart");
    mistake.accept(question);
    assertRefused(question.toString(), expected);
  }

  private void assertRefused(String body, String expected) {
    assertThatExceptionOfType(RefusedRequestException.class)
        .isThrownBy(() -> format.read(body.getBytes(StandardCharsets.UTF_8)))
        .withMessageStartingWith("This is no AdmissionReview: expected is that ")
        .withMessageContaining(expected)
        .satisfies(refused -> assertThat(refused.status()).isEqualTo(400));
  }
}
