package dev.managedidentity.operator.kube;

import dev.managedidentity.operator.api.Annotations;
import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.plan.Conditions;
import dev.managedidentity.operator.plan.Turn;
import dev.managedidentity.operator.plan.Urgency;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the turns of a pass over resources of one kind: saves the status after each turn and before
 * the next, reports what was found and done, and tells the operator SDK when to come back. No turn
 * is taken for a resource whose annotation stops all work.
 */
public final class Passes<S, R extends CustomResource<?, S>> {
  private final StatusWriter<S, R> statuses;
  private final StatusForm<S> form;
  private final EventRecorder events;
  private final FindingRecorder findings;
  private final InstantSource clock;

  public Passes(
      StatusWriter<S, R> statuses,
      StatusForm<S> form,
      EventRecorder events,
      FindingRecorder findings,
      InstantSource clock) {
    this.statuses = statuses;
    this.form = form;
    this.events = events;
    this.findings = findings;
    this.clock = clock;
  }

  /** The newest known status of a resource that comes from a cache; null before the first. */
  public @Nullable S latest(R cached) {
    return statuses.latest(cached);
  }

  /** A pass over a resource that lives; the first turn is only taken when work is not stopped. */
  public UpdateControl<R> reconcile(R resource, Supplier<Turn<S>> first) {
    if (Annotations.isPaused(resource)) {
      pause(resource);
      return UpdateControl.noUpdate();
    }
    var last = run(resource, first, true);
    return recheckAfter(last)
        .map(delay -> UpdateControl.<R>noUpdate().rescheduleAfter(delay))
        .orElseGet(UpdateControl::noUpdate);
  }

  /**
   * A pass over a resource that is being deleted: it may go once nothing is in the way. One on
   * which work is stopped stays, for its Azure objects would be nobody's.
   */
  public DeleteControl cleanup(R resource, Supplier<Turn<S>> first) {
    if (Annotations.isPaused(resource)) {
      pause(resource);
      return DeleteControl.noFinalizerRemoval();
    }
    var last = run(resource, first, false);
    if (!last.isStuck()) {
      statuses.forget(resource);
      findings.forget(resource);
      return DeleteControl.defaultDelete();
    }
    return recheckAfter(last)
        .map(delay -> DeleteControl.noFinalizerRemoval().rescheduleAfter(delay))
        .orElseGet(DeleteControl::noFinalizerRemoval);
  }

  private void pause(R resource) {
    var status = Objects.requireNonNullElse(latest(resource), form.empty());
    var conditions =
        Conditions.paused(
            form.conditions().apply(status),
            resource.getMetadata().getGeneration(),
            clock.instant());
    statuses.write(resource, form.withConditions().apply(status, conditions));
  }

  private Turn<S> run(R resource, Supplier<Turn<S>> first, boolean isAlive) {
    var seen = seen(resource);
    var turn = first.get();
    var urgency = Urgency.of(turn.findings(), seen, resource.getMetadata().getGeneration());
    while (true) {
      findings.record(resource, turn);
      turn.operations().forEach(operation -> events.record(resource, operation));
      turn.notice().ifPresent(notice -> events.record(resource, notice));
      var isSaved = !(isAlive || turn.isStuck()) || statuses.write(resource, turn.status());
      if (!isSaved || turn.isStuck() || turn.next().isEmpty()) {
        return turn;
      }
      turn = urgency.call(turn.next().get());
    }
  }

  private @Nullable Long seen(R resource) {
    var status = latest(resource);
    return status == null
        ? null
        : form.conditions().apply(status).stream()
            .findFirst()
            .map(Condition::observedGeneration)
            .orElse(null);
  }

  private Optional<Duration> recheckAfter(Turn<S> last) {
    var now = clock.instant();
    var ofVerdict =
        Conditions.recheckAfter(last.verdict(), form.conditions().apply(last.status()), now);
    var ofStatus =
        form.due()
            .apply(last.status())
            .filter(now::isBefore)
            .map(due -> Duration.between(now, due));
    return Stream.concat(ofVerdict.stream(), ofStatus).min(Comparator.naturalOrder());
  }
}
