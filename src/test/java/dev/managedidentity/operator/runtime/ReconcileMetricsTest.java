package dev.managedidentity.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.managedidentity.operator.api.ManagedIdentity;
import io.javaoperatorsdk.operator.api.monitoring.Metrics.ControllerExecution;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReconcileMetricsTest {
  private final Telemetry telemetry = new Telemetry("test");
  private final ReconcileMetrics metrics = new ReconcileMetrics(telemetry);

  @AfterEach
  void close() {
    telemetry.close();
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void countsAPassByWhatComesNext(Object control, String outcome) throws Exception {
    assertThat(metrics.timeControllerExecution(execution(() -> control))).isSameAs(control);

    assertThat(telemetry.scrape()).contains(series(outcome));
  }

  static Stream<Arguments> outcomes() {
    return Stream.of(
        Arguments.of(UpdateControl.noUpdate(), "settled"),
        Arguments.of(UpdateControl.noUpdate().rescheduleAfter(Duration.ofSeconds(1)), "waiting"),
        Arguments.of(DeleteControl.defaultDelete(), "deleted"),
        Arguments.of(DeleteControl.noFinalizerRemoval(), "waiting"));
  }

  @Test
  void countsAPassThatThrowsAndLetsItThrow() {
    var execution =
        execution(
            () -> {
              throw new IllegalStateException("broken");
            });

    assertThatThrownBy(() -> metrics.timeControllerExecution(execution)).hasMessage("broken");
    assertThat(telemetry.scrape()).contains(series("failed"));
  }

  private static String series(String outcome) {
    return "managed_identity_reconcile_duration_seconds_count{outcome=\"%s\",resource=\"ManagedIdentity\"} 1"
        .formatted(outcome);
  }

  private static ControllerExecution<Object> execution(Callable<Object> pass) {
    return new ControllerExecution<>() {
      @Override
      public String name() {
        return "reconcile";
      }

      @Override
      public String controllerName() {
        return "managed-identity";
      }

      @Override
      public String successTypeName(Object result) {
        return "";
      }

      @Override
      public ResourceID resourceID() {
        return new ResourceID("orders", "shop");
      }

      @Override
      public Map<String, Object> metadata() {
        return Map.of(Constants.RESOURCE_GVK_KEY, GroupVersionKind.gvkFor(ManagedIdentity.class));
      }

      @Override
      public Object execute() throws Exception {
        return pass.call();
      }
    };
  }
}
