package dev.managedidentity.operator.azure.arm;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.plan.Problem;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests, each once, and says in the port's words what became of them. */
final class ArmCalls {
  private static final Logger LOG = LoggerFactory.getLogger(ArmCalls.class);

  private final ArmChannel channel;
  private final ProblemClassifier classifier;

  ArmCalls(ArmChannel channel, ProblemClassifier classifier) {
    this.channel = channel;
    this.classifier = classifier;
  }

  /**
   * The answer to a request.
   *
   * @param isDone which replies are good, also some that are no success
   * @param reading takes the value out of a good reply
   */
  <T extends @Nullable Object> Answer<T> send(
      ArmRequest request, Predicate<Answered> isDone, Reading<T> reading) {
    return switch (channel.send(request)) {
      case ArmReply.Silent(var cause) -> new Answer.Failed<>(problem(cause), Receipt.NONE);
      case ArmReply.Held(var rest) ->
          new Answer.Failed<>(
              new Problem.Throttled(
                  rest,
                  "Azure has asked to wait; the request was not sent, as others were refused."),
              Receipt.NONE);
      case Answered reply when isDone.test(reply) -> read(reply, reading);
      case Answered reply ->
          new Answer.Failed<>(classifier.classify(request.call(), reply), reply.receipt());
    };
  }

  /** What comes after a good answer; a bad one stays as it is. */
  static <S, T extends @Nullable Object> Answer<T> then(
      Answer<S> first, Function<Answer.Done<S>, Answer<T>> next) {
    return switch (first) {
      case Answer.Failed<S>(var problem, var receipt) -> new Answer.Failed<>(problem, receipt);
      case Answer.Done<S> done -> next.apply(done);
    };
  }

  private Problem problem(RuntimeException cause) {
    var problem = classifier.classify(cause);
    if (problem instanceof Problem.Unexpected) {
      LOG.error("A call to Azure Resource Manager failed as none ever should", cause);
    }
    return problem;
  }

  private static <T extends @Nullable Object> Answer<T> read(Answered reply, Reading<T> reading) {
    try {
      return new Answer.Done<>(reading.of(reply), reply.receipt());
    } catch (IOException e) {
      return new Answer.Failed<>(
          new Problem.Unexpected(
              "Azure answered %d with %s".formatted(reply.status(), Words.of(e))),
          reply.receipt());
    }
  }

  /** Takes the value out of a good reply. */
  interface Reading<T extends @Nullable Object> {
    T of(Answered reply) throws IOException;
  }
}
