package dev.managedidentity.operator.kube;

import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.plan.Conditions;
import dev.managedidentity.operator.plan.Turn;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the turns of a pass over resources of one kind: saves the status after each turn and before
 * the next, reports what was done, and tells the operator SDK when to come back.
 */
public final class Passes<S, R extends CustomResource<?, S>> {
  private final StatusWriter<S, R> statuses;
  private final EventRecorder events;
  private final InstantSource clock;
  private final Function<S, List<Condition>> conditions;

  public Passes(
      StatusWriter<S, R> statuses,
      EventRecorder events,
      InstantSource clock,
      Function<S, List<Condition>> conditions) {
    this.statuses = statuses;
    this.events = events;
    this.clock = clock;
    this.conditions = conditions;
  }

  /** The newest known status of a resource that comes from a cache; null before the first. */
  public @Nullable S latest(R cached) {
    return statuses.latest(cached);
  }

  /** A pass over a resource that lives. */
  public UpdateControl<R> reconcile(R resource, Turn<S> first) {
    var last = run(resource, first, true);
    return recheckAfter(last)
        .map(delay -> UpdateControl.<R>noUpdate().rescheduleAfter(delay))
        .orElseGet(UpdateControl::noUpdate);
  }

  /** A pass over a resource that is being deleted: it may go once nothing is in the way. */
  public DeleteControl cleanup(R resource, Turn<S> first) {
    var last = run(resource, first, false);
    if (!last.isStuck()) {
      statuses.forget(resource);
      return DeleteControl.defaultDelete();
    }
    return recheckAfter(last)
        .map(delay -> DeleteControl.noFinalizerRemoval().rescheduleAfter(delay))
        .orElseGet(DeleteControl::noFinalizerRemoval);
  }

  private Turn<S> run(R resource, Turn<S> first, boolean isAlive) {
    var turn = first;
    while (true) {
      turn.operations().forEach(operation -> events.record(resource, operation));
      var isSaved = !(isAlive || turn.isStuck()) || statuses.write(resource, turn.status());
      if (!isSaved || turn.isStuck() || turn.next().isEmpty()) {
        return turn;
      }
      turn = turn.next().get().get();
    }
  }

  private Optional<Duration> recheckAfter(Turn<S> last) {
    return Conditions.recheckAfter(
        last.verdict(), conditions.apply(last.status()), clock.instant());
  }
}
