package dev.managedidentity.dev.emulator.behaviour;

import dev.managedidentity.dev.emulator.behaviour.LongRunning.Failure;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** An operation that is over when it has been asked about often enough; its effect comes then. */
public final class PendingOperation {
  private final String id;
  private final String resourceKey;
  private final Instant start;
  private final Supplier<Optional<Failure>> effect;
  private int pollsLeft;
  private Optional<Instant> end = Optional.empty();
  private Optional<Failure> failure = Optional.empty();

  PendingOperation(
      String id, String resourceKey, Instant start, int polls, Supplier<Optional<Failure>> effect) {
    this.id = id;
    this.resourceKey = resourceKey;
    this.start = start;
    this.pollsLeft = polls;
    this.effect = effect;
  }

  /** How far an operation is. */
  public enum Status {
    IN_PROGRESS,
    SUCCEEDED,
    FAILED
  }

  /** What a client that asks is told. */
  public record Progress(
      Status status, Instant start, Optional<Instant> end, Optional<Failure> failure) {}

  public String id() {
    return id;
  }

  public String resourceKey() {
    return resourceKey;
  }

  /** Asks once more; whoever asks after the last wait makes the effect happen. */
  public synchronized Progress poll(Instant now) {
    if (end.isEmpty() && pollsLeft-- <= 0) {
      failure = effect.get();
      end = Optional.of(now);
    }
    return progress();
  }

  /** How far it is, without asking. */
  public synchronized Progress progress() {
    var ended = failure.isPresent() ? Status.FAILED : Status.SUCCEEDED;
    return new Progress(end.isEmpty() ? Status.IN_PROGRESS : ended, start, end, failure);
  }
}
