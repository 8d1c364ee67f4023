package dev.managedidentity.operator.runtime;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.BaseControl;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import java.time.Duration;
import java.util.Map;

/**
 * Counts and times every pass of a reconciler from outside: the framework calls it around {@code
 * reconcile} and {@code cleanup}, so that no reconciler knows about metrics.
 */
public final class ReconcileMetrics implements Metrics {
  private final Telemetry telemetry;

  public ReconcileMetrics(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  @Override
  public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
    var start = System.nanoTime();
    var outcome = "failed";
    try {
      var result = execution.execute();
      outcome = outcome(result);
      return result;
    } finally {
      telemetry.reconciled(
          resource(execution.metadata()), outcome, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private static String outcome(Object result) {
    return switch (result) {
      case DeleteControl control -> control.isRemoveFinalizer() ? "deleted" : "waiting";
      case BaseControl<?> control -> control.getScheduleDelay().isPresent() ? "waiting" : "settled";
      default -> "settled";
    };
  }

  private static String resource(Map<String, Object> metadata) {
    return metadata.get(Constants.RESOURCE_GVK_KEY) instanceof GroupVersionKind type
        ? type.getKind()
        : "unknown";
  }
}
