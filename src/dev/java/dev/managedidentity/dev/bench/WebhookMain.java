package dev.managedidentity.dev.bench;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.process.FreePorts;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.dev.rig.TrialPod;
import dev.managedidentity.dev.rig.WebhookRegistration;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Times the webhook in bursts of pods, from its own side and from the API server's. */
public final class WebhookMain {
  private static final String NAMESPACE = "burst";
  private static final int CREATORS = 50;
  private static final double USUAL = 0.5;
  private static final double SLOW = 0.99;

  private final KubernetesClient admin;
  private final OperatorProcess operator;

  private WebhookMain(KubernetesClient admin, OperatorProcess operator) {
    this.admin = admin;
    this.operator = operator;
  }

  /** What both sides have counted so far. */
  private record Counted(Histogram ofOperator, Histogram ofApiServer) {}

  /** Takes the number of pods in a burst, and the number of bursts. */
  public static void main(String[] arguments) throws Exception {
    var count = Integer.parseInt(arguments[0]);
    var bursts = Integer.parseInt(arguments[1]);
    var port = FreePorts.choose();
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
        var rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()))) {
      var admin = controlPlane.admin();
      WebhookRegistration.apply(admin, port);
      try (var operator =
          OperatorProcess.start(
              rig, controlPlane.newFolder("operator"), WebhookRegistration.configuration(port))) {
        operator.awaitReady();
        var fleet = new Fleet(admin, NAMESPACE);
        fleet.applyBindings(1, 1);
        fleet.awaitReady(2);
        TrialPod.awaitSeen(admin);
        System.out.printf("Bursts of %d pods by %d clients at once%n", count, CREATORS);
        for (var burst = 0; burst < bursts; burst++) {
          rig.azure().control().resetCounters();
          new WebhookMain(admin, operator).measure("p" + burst, count);
          System.out.println("  calls to Azure: " + rig.azure().control().counters());
        }
      }
    }
  }

  private void measure(String prefix, int count)
      throws IOException, InterruptedException, ExecutionException {
    var requests = requests();
    var before = counted();
    var begin = Instant.now();
    create(prefix, count);
    var seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
    var after = counted();
    System.out.printf("%s: created in %.1f s%n", prefix, seconds);
    print("inside the operator", after.ofOperator().since(before.ofOperator()));
    print("as the API server sees it", after.ofApiServer().since(before.ofApiServer()));
    System.out.println("  reads that the API server has answered meanwhile:");
    requests()
        .forEach(
            (request, number) -> {
              var more = number - requests.getOrDefault(request, 0.0);
              if (more > 0) {
                System.out.printf("  %8.0f  %s%n", more, request);
              }
            });
  }

  private static void print(String what, Histogram histogram) {
    System.out.printf(
        "  %s: %.0f admissions, p50 %.1f ms, p99 %.1f ms%n",
        what, histogram.total(), histogram.quantileMillis(USUAL), histogram.quantileMillis(SLOW));
  }

  private void create(String prefix, int count) throws InterruptedException, ExecutionException {
    try (var creators = Executors.newFixedThreadPool(CREATORS)) {
      var all =
          IntStream.range(0, count)
              .<Future<?>>mapToObj(
                  index ->
                      creators.submit(() -> admin.resource(pod(prefix + "-" + index)).create()))
              .toList();
      for (var created : all) {
        created.get();
      }
    }
  }

  private Counted counted() throws IOException, InterruptedException {
    return new Counted(
        Histogram.read(metrics(), "managed_identity_admission_duration_seconds", "path=\"/pods\""),
        Histogram.read(
            admin.raw("/metrics"),
            "apiserver_admission_webhook_admission_duration_seconds",
            "name=\"pods.managedidentity.dev\""));
  }

  /** Reads by verb and resource, whoever sent them. */
  private Map<String, Double> requests() {
    var sums = new TreeMap<String, Double>();
    admin
        .raw("/metrics")
        .lines()
        .filter(line -> line.startsWith("apiserver_request_total{"))
        .forEach(
            line -> {
              var verb = label(line, "verb");
              if (verb.equals("GET") || verb.equals("LIST")) {
                sums.merge(
                    verb + " " + label(line, "resource"),
                    Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)),
                    Double::sum);
              }
            });
    return sums;
  }

  private static String label(String line, String name) {
    var begin = line.indexOf(name + "=\"") + name.length() + 2;
    return line.substring(begin, line.indexOf('"', begin));
  }

  private String metrics() throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(operator.readiness().resolve("/metrics")).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static Pod pod(String name) {
    return TrialPod.of(NAMESPACE, name, "b0");
  }
}
