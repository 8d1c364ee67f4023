package dev.managedidentity.operator.kube;

import static java.util.stream.Collectors.toSet;

import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Turn;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells people, and counts, what others changed in Azure: once, however often its repair must be
 * tried.
 */
public final class FindingRecorder {
  private final EventRecorder events;
  private final Consumer<Finding> counter;

  /** What was told of resources whose repair did not succeed yet, by their uid. */
  private final Map<String, Set<Told>> told = new ConcurrentHashMap<>();

  private record Told(Finding.Kind kind, String target) {
    static Told of(Finding finding) {
      return new Told(finding.kind(), finding.target());
    }
  }

  public FindingRecorder(EventRecorder events, Consumer<Finding> counter) {
    this.events = events;
    this.counter = counter;
  }

  /** Reports what a turn over the resource found. */
  void record(HasMetadata resource, Turn<?> turn) {
    var uid = resource.getMetadata().getUid();
    var before = told.getOrDefault(uid, Set.of());
    for (var finding : turn.findings()) {
      if (!before.contains(Told.of(finding))) {
        counter.accept(finding);
        events.record(resource, finding);
      }
    }
    if (turn.isStuck() && !turn.findings().isEmpty()) {
      told.put(uid, turn.findings().stream().map(Told::of).collect(toSet()));
    } else {
      told.remove(uid);
    }
  }

  /** Takes note that the resource is gone. */
  void forget(HasMetadata resource) {
    told.remove(resource.getMetadata().getUid());
  }
}
