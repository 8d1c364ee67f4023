package dev.managedidentity.operator.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.operator.admission.AdmissionAnswer;
import dev.managedidentity.operator.admission.AdmissionRequest;
import dev.managedidentity.operator.plan.Problem;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reviews the resources of one kind. */
public final class ResourceReview<R extends CustomResource<?, ?>> {
  /** On a resource that may go though the operator has not removed what it made for it in Azure. */
  public static final String ABANDON = "managedidentity.dev/abandon";

  private final Class<R> kind;
  private final Guard guard;
  private final Judge<R> judge;
  private final InstantSource clock;
  private final KubernetesSerialization serialization = new KubernetesSerialization();

  /**
   * What keeps a resource from going too early.
   *
   * @param finalizer that the operator puts on it
   * @param operator the user that may take the finalizer off
   */
  public record Guard(String finalizer, String operator) {}

  public ResourceReview(Class<R> kind, Guard guard, Judge<R> judge, InstantSource clock) {
    this.kind = kind;
    this.guard = guard;
    this.judge = judge;
    this.clock = clock;
  }

  /** The answer about a resource that is to be stored. */
  public AdmissionAnswer answer(AdmissionRequest request) {
    var now = read(request.change().object());
    var before =
        Optional.of(request.change().oldObject()).filter(JsonNode::isObject).map(this::read);
    if (now.isMarkedForDeletion()) {
      return before.filter(one -> isAbandoning(one, now, request.user())).isPresent()
          ? AdmissionAnswer.denied(abandoned())
          : AdmissionAnswer.allowed();
    }
    return before.filter(one -> Objects.equals(one.getSpec(), now.getSpec())).isPresent()
        ? AdmissionAnswer.allowed()
        : answer(now, before);
  }

  /** What was wrong before a change is no reason to refuse the change. */
  private AdmissionAnswer answer(R now, Optional<R> before) {
    var warnings = new ArrayList<>(judge.warnings(now, before));
    var refusal = judge.refusal(now).map(Problem::message);
    if (refusal.isPresent()) {
      if (!refusal.equals(before.flatMap(judge::refusal).map(Problem::message))) {
        return AdmissionAnswer.denied(refusal.get());
      }
      warnings.add(refusal.get());
    }
    return AdmissionAnswer.allowed(warnings.toArray(String[]::new));
  }

  private boolean isAbandoning(R before, R now, String user) {
    var annotations =
        Objects.requireNonNullElse(now.getMetadata().getAnnotations(), Map.<String, String>of());
    return before.hasFinalizer(guard.finalizer())
        && !now.hasFinalizer(guard.finalizer())
        && !user.equals(guard.operator())
        && !"true".equals(annotations.get(ABANDON))
        && judge.isInAzure(before);
  }

  private String abandoned() {
    return ("The finalizer %s keeps what the operator made in Azure from being left behind. Wait"
            + " until the operator takes it off; its conditions say what it waits for. To leave"
            + " everything in Azure, set the annotation %s to \"true\" first.")
        .formatted(guard.finalizer(), ABANDON);
  }

  /** One that is not stored yet may have no age and no identity of its own. */
  private R read(JsonNode json) {
    var resource = serialization.convertValue(json, kind);
    var metadata = resource.getMetadata();
    metadata.setUid(Objects.requireNonNullElse(metadata.getUid(), ""));
    metadata.setCreationTimestamp(
        Objects.requireNonNullElseGet(
            metadata.getCreationTimestamp(), () -> clock.instant().toString()));
    return resource;
  }
}
