package dev.managedidentity.operator.azure.arm;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.plan.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks how far an operation is, in both ways in which Azure's providers say so. */
final class ArmOperations {
  private final ArmCalls calls;
  private final ProblemClassifier classifier;

  ArmOperations(ArmCalls calls, ProblemClassifier classifier) {
    this.calls = calls;
    this.classifier = classifier;
  }

  /** The state of the operation at a target; without one nobody can be asked. */
  Answer<State> ask(Optional<String> target) {
    if (target.isEmpty()) {
      return new Answer.Done<>(new State.Unknown(), Receipt.NONE);
    }
    return calls.send(
        ArmRequest.follow(Call.CHANGE_RESOURCE, target.get()),
        reply -> List.of(200, 201, 202, 204, 403, 404, 410).contains(reply.status()),
        this::state);
  }

  private State state(Answered reply) throws IOException {
    return switch (reply.status()) {
      case 403, 404, 410 -> new State.Unknown();
      case 204 -> new State.Ended();
      case 202 -> reply.body().isBlank() ? new State.Running() : said(reply, new State.Running());
      default -> reply.body().isBlank() ? new State.Ended() : said(reply, new State.Ended());
    };
  }

  /** What the body says; one without a status is what the operation was to make. */
  private State said(Answered reply, State unsaid) throws IOException {
    var object = reply.object();
    var status = object.text("status");
    if (status == null) {
      return unsaid;
    }
    return switch (status.toLowerCase(Locale.ROOT)) {
      case "succeeded" -> new State.Ended();
      case "failed" -> new State.Failed(classifier.classify(Call.CHANGE_RESOURCE, reply.error()));
      case "canceled", "cancelled" ->
          new State.Failed(
              new Problem.Contended(
                  Words.shorten(
                      "Azure's operation on the resource was cancelled. "
                          + reply.error().message())));
      default -> new State.Running();
    };
  }

  /** How far an operation is. */
  sealed interface State {
    /** Azure works on it. */
    record Running() implements State {}

    /** It has come to its end and nothing speaks against success. */
    record Ended() implements State {}

    /** It came to nothing. */
    record Failed(Problem problem) implements State {}

    /** Azure does not tell, or not any more. */
    record Unknown() implements State {}
  }
}
