package dev.managedidentity.operator;

import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.inventory.Sweeps;
import dev.managedidentity.operator.leadership.Leadership;
import dev.managedidentity.operator.plan.Conditions;
import dev.managedidentity.operator.pods.Pods;
import dev.managedidentity.operator.runtime.Metric;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the operator's caches say in numbers; they are looked at when somebody reads the metrics.
 */
public record Gauges(
    Leadership leadership,
    Sweeps sweeps,
    Pods pods,
    Supplier<Stream<ManagedIdentity>> identities,
    Supplier<Stream<IdentityBinding>> bindings) {
  private static final double MILLIS_PER_SECOND = 1_000;
  private static final String UNKNOWN = "Unknown";
  private static final List<String> STATES = List.of("True", "False", UNKNOWN);

  /** What shows a number. */
  @FunctionalInterface
  public interface Display {
    /** Shows it from now on, with values for the metric's labels in their order. */
    void show(Metric metric, List<String> labels, DoubleSupplier value);
  }

  /** Hands each number, and how to read it, to what shows it. */
  public void show(Display display) {
    display.show(Metric.LEADER, List.of(), () -> leadership.hasBegun() ? 1 : 0);
    display.show(Metric.GATED_PODS, List.of(), pods::gated);
    display.show(Metric.CREDENTIAL_QUOTA_USED, List.of(), this::fullest);
    sweeps.showAges(
        (kind, age) ->
            display.show(
                Metric.INVENTORY_AGE,
                List.of(kind),
                () -> age.get().toMillis() / MILLIS_PER_SECOND));
    for (var state : STATES) {
      display.show(
          Metric.RESOURCES,
          List.of(ManagedIdentity.class.getSimpleName(), state),
          () -> count(identities.get().map(Gauges::readyOf), state));
      display.show(
          Metric.RESOURCES,
          List.of(IdentityBinding.class.getSimpleName(), state),
          () -> count(bindings.get().map(Gauges::readyOf), state));
    }
  }

  private double fullest() {
    return identities
        .get()
        .map(ManagedIdentity::getStatus)
        .filter(Objects::nonNull)
        .map(ManagedIdentityStatus::federatedCredentials)
        .filter(Objects::nonNull)
        .mapToDouble(usage -> (double) usage.used() / usage.limit())
        .max()
        .orElse(0);
  }

  private static double count(Stream<String> states, String state) {
    return states.filter(state::equals).count();
  }

  private static String readyOf(ManagedIdentity identity) {
    var status = identity.getStatus();
    return status == null ? UNKNOWN : ready(status.conditions());
  }

  private static String readyOf(IdentityBinding binding) {
    var status = binding.getStatus();
    return status == null ? UNKNOWN : ready(status.conditions());
  }

  private static String ready(List<Condition> conditions) {
    return conditions.stream()
        .filter(condition -> condition.type().equals(Conditions.READY))
        .map(Condition::status)
        .findFirst()
        .orElse(UNKNOWN);
  }
}
