package dev.managedidentity.operator.runtime;

import dev.managedidentity.operator.admission.AdmissionMeter;
import dev.managedidentity.operator.azure.budget.Budgets;
import dev.managedidentity.operator.azure.budget.Limit;
import dev.managedidentity.operator.plan.Finding;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** Owns every metric of the process: the operator's own and those of the JVM. */
public final class Telemetry implements Budgets.Meter, AdmissionMeter, AutoCloseable {
  /** What {@link #scrape} returns. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Upper bounds of the histograms: a cached answer, one call, several calls, a time-out. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(60)
  };

  /** The same for what Azure does in the background: seconds, a minute, ten. */
  private static final Duration[] DELAYS = {
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(20),
    Duration.ofSeconds(30),
    Duration.ofSeconds(60),
    Duration.ofSeconds(90),
    Duration.ofMinutes(2),
    Duration.ofMinutes(5),
    Duration.ofMinutes(10)
  };

  /** The same for what API servers wait for: far below the two seconds for which they do. */
  private static final Duration[] ANSWERS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

  /** Metrics of a process that runs this version of the operator. */
  public Telemetry(String version) {
    List.<MeterBinder>of(
            garbageCollection,
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics(),
            new FileDescriptorMetrics())
        .forEach(binder -> binder.bindTo(registry));
    Info.builder()
        .name(Metric.BUILD_INFO.name())
        .help(Metric.BUILD_INFO.meaning())
        .labelNames("version")
        .register(registry.getPrometheusRegistry())
        .addLabelValues(version);
  }

  /** Counts a pass over a resource of this kind. */
  public void reconciled(String resource, String outcome, Duration duration) {
    timer(Metric.RECONCILE_DURATION, BUCKETS)
        .tag("resource", resource)
        .tag("outcome", outcome)
        .register(registry)
        .record(duration);
  }

  /** Counts a call to Azure. */
  public void azureCalled(String operation, String result, Duration duration) {
    timer(Metric.AZURE_CALL_DURATION, BUCKETS)
        .tag("operation", operation)
        .tag("result", result)
        .register(registry)
        .record(duration);
  }

  /** Counts an exchange of a token. */
  public void exchanged(String result) {
    Counter.builder(withoutEnding(Metric.TOKEN_EXCHANGES, "_total"))
        .description(Metric.TOKEN_EXCHANGES.meaning())
        .tag("result", result)
        .register(registry)
        .increment();
  }

  /** Counts a credential with which a token was exchanged for the first time, so long after. */
  public void federated(Duration afterWrite) {
    timer(Metric.FEDERATION_DELAY, DELAYS).register(registry).record(afterWrite);
  }

  @Override
  public void waited(Limit limit, Duration time) {
    timer(Metric.AZURE_WAIT_DURATION, BUCKETS)
        .tag("limit", word(limit))
        .register(registry)
        .record(time);
  }

  @Override
  public void watchRate(String subscription, Limit limit, DoubleSupplier rate) {
    show(Metric.AZURE_RATE, List.of(subscription, word(limit)), rate);
  }

  @Override
  public void answered(String path, Outcome outcome, Duration duration) {
    timer(Metric.ADMISSION_DURATION, ANSWERS)
        .tag("path", path)
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(duration);
  }

  /** Counts what others changed in Azure. */
  public void found(Finding finding) {
    Counter.builder(withoutEnding(Metric.DRIFT, "_total"))
        .description(Metric.DRIFT.meaning())
        .tag("kind", finding.kind().label())
        .register(registry)
        .increment();
  }

  /** Counts a write that waited so long for others on the same object. */
  public void waitedInLane(Duration time) {
    timer(Metric.LANE_WAIT_DURATION, BUCKETS).register(registry).record(time);
  }

  /** Shows a number from now on, with values for the metric's labels in their order. */
  public void show(Metric metric, List<String> labels, DoubleSupplier value) {
    var gauge = Gauge.builder(metric.name(), value::getAsDouble).description(metric.meaning());
    for (var index = 0; index < labels.size(); index++) {
      gauge.tag(metric.labels().get(index).name(), labels.get(index));
    }
    gauge.register(registry);
  }

  /** All metrics as Prometheus reads them. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    garbageCollection.close();
    registry.close();
  }

  private static String word(Limit limit) {
    return limit.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Timer.Builder timer(Metric metric, Duration[] buckets) {
    return Timer.builder(withoutEnding(metric, "_seconds"))
        .description(metric.meaning())
        .serviceLevelObjectives(buckets);
  }

  /** Micrometer appends the unit of a timer, and that a counter is one, by itself. */
  private static String withoutEnding(Metric metric, String ending) {
    var name = metric.name();
    return name.substring(0, name.length() - ending.length());
  }
}
