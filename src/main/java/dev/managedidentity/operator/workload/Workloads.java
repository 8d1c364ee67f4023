package dev.managedidentity.operator.workload;

import dev.managedidentity.operator.api.WorkloadRef;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about the workloads of the cluster and tells who listens when an answer may
 * have changed. Until every watched kind has been seen it says so instead of answering: absence is
 * never told before it is known.
 */
public final class Workloads {
  private final OtherWorkloads others;
  private final Map<WorkloadKind<?>, WorkloadCache> caches = new ConcurrentHashMap<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

  /** Kinds that are not watched are asked for one by one, by this client. */
  public Workloads(KubernetesClient client) {
    this.others = new OtherWorkloads(client);
  }

  /**
   * The workload that this names. Of a kind that is watched it costs no call, and a {@link Change}
   * will tell when the answer changes; of any other kind it is one GET, and nothing will tell.
   */
  public Lookup find(String namespace, WorkloadRef ref) {
    var kind = WorkloadKind.ALL.stream().filter(each -> each.isOf(ref)).findFirst();
    if (!isFilled()) {
      return missing("%s has not been looked for yet: the operator is starting.".formatted(ref));
    }
    if (kind.isEmpty()) {
      return others.find(namespace, ref);
    }
    return cached(namespace, ref)
        .<Lookup>map(Lookup.Found::new)
        .orElseGet(() -> missing("There is no %s in namespace %s.".formatted(ref, namespace)));
  }

  private static Lookup missing(String detail) {
    return new Lookup.Missing(new Problem.Waiting(Reason.WORKLOAD_NOT_FOUND, detail));
  }

  /**
   * Who else runs as this service account, such as {@code Deployment web}, in alphabetical order.
   * What the workload itself made, directly or not, is not somebody else; what somebody else made
   * is not named beside its maker; what never starts a pod again does not count. To be asked only
   * once the workload was found: before that not all workloads may be known.
   */
  public List<String> sharers(String namespace, String serviceAccount, WorkloadRef except) {
    var candidates =
        caches.values().stream()
            .flatMap(cache -> cache.runningAs(namespace, serviceAccount).stream())
            .filter(workload -> !workload.isFinished())
            .filter(workload -> lineage(workload).stream().noneMatch(ref -> isSame(ref, except)))
            .toList();
    var named = candidates.stream().map(Workload::ref).collect(Collectors.toSet());
    return candidates.stream()
        .filter(workload -> lineage(workload).stream().skip(1).noneMatch(named::contains))
        .map(workload -> workload.ref().toString())
        .sorted()
        .toList();
  }

  /** The workload, what made it, what made that, and so on; each once, were it even a circle. */
  private List<WorkloadRef> lineage(Workload workload) {
    var lineage = new LinkedHashSet<WorkloadRef>();
    var ref = workload.ref();
    while (ref != null && lineage.add(ref)) {
      ref = cached(workload.namespace(), ref).map(Workload::controller).orElse(null);
    }
    return List.copyOf(lineage);
  }

  /** Owner references and people may name different versions of one kind. */
  private static boolean isSame(WorkloadRef one, WorkloadRef other) {
    return one.kind().equals(other.kind())
        && one.name().equals(other.name())
        && group(one).equals(group(other));
  }

  private static String group(WorkloadRef ref) {
    return ref.apiVersion().substring(0, Math.max(0, ref.apiVersion().indexOf('/')));
  }

  private Optional<Workload> cached(String namespace, WorkloadRef ref) {
    return caches.entrySet().stream()
        .filter(entry -> entry.getKey().isOf(ref))
        .findFirst()
        .flatMap(entry -> entry.getValue().find(namespace, ref.name()));
  }

  /** From now on every change is told; the listener must be quick and must not throw. */
  public void subscribe(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /** Takes in a cache that has just been filled. */
  synchronized void add(WorkloadKind<?> kind, WorkloadCache filled) {
    caches.put(kind, filled);
    if (isFilled()) {
      tell(new Change.Filled());
    }
  }

  /**
   * Takes note that a cache has changed. Nobody needs to know as long as not all are filled: all
   * will be asked again then.
   *
   * @param before null when it has just appeared
   * @param now null when it is gone
   */
  void changed(@Nullable Workload before, @Nullable Workload now) {
    if (isFilled() && !Objects.equals(before, now)) {
      var concerned = Stream.of(before, now).filter(Objects::nonNull).toList();
      var accounts = concerned.stream().map(Workload::serviceAccount).collect(Collectors.toSet());
      var any = concerned.getFirst();
      tell(new Change.Of(any.namespace(), any.ref(), accounts));
    }
  }

  private boolean isFilled() {
    return caches.size() == WorkloadKind.ALL.size();
  }

  private void tell(Change change) {
    listeners.forEach(listener -> listener.accept(change));
  }
}
