package dev.managedidentity.operator.kube;

import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import java.util.List;
import java.util.Set;

/**
 * How every controller works.
 *
 * @param namespaces in which; empty for all
 * @param retry after a bug, or while the API server is away
 */
public record Manner(List<String> namespaces, Retry retry) {
  /** Copies what it is given. */
  public Manner {
    namespaces = List.copyOf(namespaces);
  }

  /** The namespaces in the words of the operator SDK. */
  public Set<String> watched() {
    return namespaces.isEmpty() ? Constants.WATCH_ALL_NAMESPACE_SET : Set.copyOf(namespaces);
  }
}
