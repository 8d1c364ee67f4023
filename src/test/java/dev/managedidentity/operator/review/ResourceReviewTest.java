package dev.managedidentity.operator.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.operator.admission.AdmissionAnswer;
import dev.managedidentity.operator.admission.AdmissionRequest;
import dev.managedidentity.operator.admission.AdmissionRequest.Change;
import dev.managedidentity.operator.admission.AdmissionRequest.Operation;
import dev.managedidentity.operator.admission.AdmissionRequest.Target;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourceReviewTest {
  private static final String GOOD = "{azure: {name: good}}";
  private static final String BAD = "{azure: {name: bad}}";
  private static final String OPERATOR = "system:serviceaccount:operator:operator";
  private static final Problem REFUSAL =
      new Problem.Refused(Reason.GUARDRAIL, "Bad is not allowed.", "Choose another.");

  /** Whatever is named bad is refused; all of it is in Azure. */
  private static final Judge<ManagedIdentity> JUDGE =
      new Judge<>() {
        @Override
        public Optional<Problem> refusal(ManagedIdentity resource) {
          return "bad".equals(resource.getSpec().azure().name())
              ? Optional.of(REFUSAL)
              : Optional.empty();
        }

        @Override
        public List<String> warnings(ManagedIdentity resource, Optional<ManagedIdentity> before) {
          return before.map(_ -> List.of("changed")).orElse(List.of());
        }

        @Override
        public boolean isInAzure(ManagedIdentity resource) {
          return true;
        }
      };

  private static final ResourceReview<ManagedIdentity> REVIEW =
      new ResourceReview<>(
          ManagedIdentity.class,
          new ResourceReview.Guard("example.dev/finalizer", OPERATOR),
          JUDGE,
          InstantSource.fixed(Instant.EPOCH));

  @Test
  void whatTheJudgeRefusesIsRefusedInItsWords() {
    assertThat(answer(null, alive(BAD)))
        .isEqualTo(AdmissionAnswer.denied("Bad is not allowed. Choose another."));
    assertThat(answer(null, alive(GOOD))).isEqualTo(AdmissionAnswer.allowed());
  }

  @Test
  void aChangeForTheWorseIsRefused() {
    assertThat(answer(alive(GOOD), alive(BAD))).isInstanceOf(AdmissionAnswer.Denied.class);
  }

  @Test
  void whatWasWrongBeforeIsAWarning() {
    assertThat(answer(alive(BAD), alive("{azure: {name: bad, tags: {a: b}}}")))
        .isEqualTo(AdmissionAnswer.allowed("changed", REFUSAL.message()));
  }

  @Test
  void whatKeepsItsSpecIsNotJudged() {
    assertThat(answer(alive(BAD), alive(BAD))).isEqualTo(AdmissionAnswer.allowed());
  }

  @Test
  void onlyTheOperatorTakesTheFinalizerOffWhatIsBeingDeleted() {
    var leaving = leaving("[example.dev/finalizer, other.dev/finalizer]", "{}");
    var stripped = leaving("[other.dev/finalizer]", "{}");

    assertThat(answer(leaving, stripped, "somebody")).isInstanceOf(AdmissionAnswer.Denied.class);
    assertThat(answer(leaving, stripped, OPERATOR)).isEqualTo(AdmissionAnswer.allowed());
  }

  @Test
  void whatIsAbandonedMayGo() {
    var annotations = "{managedidentity.dev/abandon: 'true'}";

    assertThat(
            answer(
                leaving("[example.dev/finalizer]", annotations),
                leaving("[]", annotations),
                "somebody"))
        .isEqualTo(AdmissionAnswer.allowed());
  }

  @Test
  void otherFinalizersAreNobodysBusiness() {
    assertThat(
            answer(
                leaving("[example.dev/finalizer, other.dev/finalizer]", "{}"),
                leaving("[example.dev/finalizer]", "{}"),
                "somebody"))
        .isEqualTo(AdmissionAnswer.allowed());
  }

  private static AdmissionAnswer answer(
      @org.jspecify.annotations.Nullable JsonNode before, JsonNode now) {
    return answer(before == null ? MissingNode.getInstance() : before, now, "somebody");
  }

  private static AdmissionAnswer answer(JsonNode before, JsonNode now, String user) {
    return REVIEW.answer(
        new AdmissionRequest(
            "uid",
            new Target("managedidentity.dev", "v1alpha1", "managedidentities", "shop", "orders"),
            new Change(before.isObject() ? Operation.UPDATE : Operation.CREATE, now, before),
            user,
            false));
  }

  private static JsonNode alive(String spec) {
    return json("metadata: {namespace: shop, name: orders}\nspec: " + spec);
  }

  private static JsonNode leaving(String finalizers, String annotations) {
    return json(
        """
        metadata:
          namespace: shop
          name: orders
          deletionTimestamp: '2026-01-01T00:00:00Z'
          finalizers: %s
          annotations: %s
        spec: {}
        """
            .formatted(finalizers, annotations));
  }

  private static ObjectNode json(String yaml) {
    return Serialization.unmarshal(yaml, ObjectNode.class);
  }
}
