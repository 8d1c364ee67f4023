package dev.managedidentity.dev.emulator.behaviour;

import dev.managedidentity.dev.emulator.http.Answer;
import dev.managedidentity.dev.emulator.http.Reply;
import java.util.Optional;
import java.util.function.Function;

/** What a fault makes of one request: something instead of its effect, or a lost reply after it. */
public record Interference(Optional<Fault> fault) {

  /** The answer that takes the place of the operation; an error is worded by the service. */
  public Optional<Answer> instead(Function<Fault.Fail, Reply> wording) {
    return fault.flatMap(
        met ->
            switch (met) {
              case Fault.Fail fail -> Optional.of(withRetryAfter(fail, wording.apply(fail)));
              case Fault.DropBeforeEffect _ -> Optional.of(new Answer.Dropped());
              case Fault.LoseReply _, Fault.Hang _, Fault.EditFirst _ -> Optional.empty();
            });
  }

  /** What the client gets to see of this effect. */
  public Answer afterwards(Answer effect) {
    return fault.filter(Fault.LoseReply.class::isInstance).isPresent()
        ? new Answer.Dropped()
        : effect;
  }

  private static Reply withRetryAfter(Fault.Fail fail, Reply reply) {
    return fail.retryAfterSeconds().isPresent()
        ? reply.with("Retry-After", Integer.toString(fail.retryAfterSeconds().getAsInt()))
        : reply;
  }
}
