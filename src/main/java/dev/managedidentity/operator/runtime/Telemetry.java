package dev.managedidentity.operator.runtime;

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

/** Owns every metric of the process: the operator's own and those of the JVM. */
public final class Telemetry implements AutoCloseable {
  /** What {@link #scrape} returns. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final String SECONDS = "_seconds";

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
    timer(Metric.RECONCILE_DURATION)
        .tag("resource", resource)
        .tag("outcome", outcome)
        .register(registry)
        .record(duration);
  }

  /** Counts a call to Azure. */
  public void azureCalled(String operation, String result, Duration duration) {
    timer(Metric.AZURE_CALL_DURATION)
        .tag("operation", operation)
        .tag("result", result)
        .register(registry)
        .record(duration);
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

  /** Micrometer appends the unit of a timer by itself. */
  private static Timer.Builder timer(Metric metric) {
    var name = metric.name();
    return Timer.builder(name.substring(0, name.length() - SECONDS.length()))
        .description(metric.meaning())
        .serviceLevelObjectives(BUCKETS);
  }
}
