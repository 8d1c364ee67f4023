package dev.managedidentity.operator.api;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;

/** Annotations by which people speak to the operator. */
public final class Annotations {
  /** On a resource of the operator: {@code "true"} stops all work on it. */
  public static final String PAUSED = "managedidentity.dev/paused";

  /** On a workload: {@code "true"} gives it a system-assigned identity. */
  public static final String SYSTEM_ASSIGNED = "managedidentity.dev/system-assigned";

  private Annotations() {}

  /** Whether work on the resource is stopped. */
  public static boolean isPaused(HasMetadata resource) {
    return isTrue(resource, PAUSED);
  }

  /** Whether the workload asks for a system-assigned identity. */
  public static boolean isSystemAssigned(HasMetadata workload) {
    return isTrue(workload, SYSTEM_ASSIGNED);
  }

  private static boolean isTrue(HasMetadata resource, String name) {
    var annotations =
        Objects.requireNonNullElse(
            resource.getMetadata().getAnnotations(), Map.<String, String>of());
    return "true".equals(annotations.get(name));
  }
}
