package dev.managedidentity.operator.workload;

import dev.managedidentity.operator.api.WorkloadRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Workloads of namespace shop, and caches that hold them. */
final class Samples {
  private Samples() {}

  static WorkloadRef ref(WorkloadKind<?> kind, String name) {
    return new WorkloadRef(kind.apiVersion(), kind.kind(), name);
  }

  static Workload workload(WorkloadKind<?> kind, String name, String account) {
    return workload(kind, name, account, null);
  }

  static Workload workload(
      WorkloadKind<?> kind, String name, String account, @Nullable WorkloadRef controller) {
    return new Workload(
        "shop", ref(kind, name), "uid-" + name, account, controller, false, false, false);
  }

  static Workload finished(Workload workload) {
    return new Workload(
        workload.namespace(),
        workload.ref(),
        workload.uid(),
        workload.serviceAccount(),
        workload.controller(),
        false,
        false,
        true);
  }

  static Workload annotated(Workload workload, boolean isDeleting) {
    return new Workload(
        workload.namespace(),
        workload.ref(),
        workload.uid(),
        workload.serviceAccount(),
        workload.controller(),
        true,
        isDeleting,
        false);
  }

  /** A cache of one kind of which the others know nothing. */
  static final class FakeCache implements WorkloadCache {
    private final List<Workload> items = new ArrayList<>();

    FakeCache with(Workload workload) {
      items.add(workload);
      return this;
    }

    @Override
    public Optional<Workload> find(String namespace, String name) {
      return items.stream()
          .filter(item -> item.namespace().equals(namespace))
          .filter(item -> item.ref().name().equals(name))
          .findFirst();
    }

    @Override
    public List<Workload> runningAs(String namespace, String serviceAccount) {
      return items.stream()
          .filter(item -> item.namespace().equals(namespace))
          .filter(item -> item.serviceAccount().equals(serviceAccount))
          .toList();
    }
  }
}
