package dev.managedidentity.dev.bench;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Counts the calls to Azure that resources at rest cost, at the default intervals. */
public final class RestMain {
  private static final String NAMESPACE = "rest";
  private static final Duration LOOK = Duration.ofSeconds(2);

  private RestMain() {}

  /** Takes the number of identities, each with a role and a binding, and a duration in minutes. */
  public static void main(String[] arguments) throws InterruptedException {
    var count = Integer.parseInt(arguments[0]);
    var minutes = Integer.parseInt(arguments[1]);
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
        var rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()));
        var operator = OperatorProcess.start(rig, controlPlane.newFolder("operator"))) {
      operator.awaitReady();
      apply(controlPlane.admin(), rig.azure().subscriptionId(), count);
      awaitReady(controlPlane.admin(), count);
      var control = rig.azure().control();
      control.resetCounters();
      pause(Duration.ofMinutes(minutes));
      System.out.printf(
          "%d identities, each with a role assignment and a binding: calls in %d minutes%n",
          count, minutes);
      new TreeMap<>(control.counters())
          .forEach((operation, calls) -> System.out.printf("%8d  %s%n", calls, operation));
    }
  }

  private static void apply(KubernetesClient kubectl, String subscription, int count) {
    create(
        kubectl,
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: %s}
        """
            .formatted(NAMESPACE));
    try (var loaders = Executors.newFixedThreadPool(16)) {
      IntStream.range(0, count)
          .mapToObj("i%05d"::formatted)
          .forEach(name -> loaders.execute(() -> create(kubectl, yaml(name, subscription))));
    }
  }

  private static String yaml(String name, String subscription) {
    return """
    apiVersion: v1
    kind: ServiceAccount
    metadata: {name: NAME, namespace: rest}
    ---
    apiVersion: managedidentity.dev/v1alpha1
    kind: ManagedIdentity
    metadata: {name: NAME, namespace: rest}
    spec: {roleAssignments: [{role: Reader, scope: /subscriptions/SUBSCRIPTION}]}
    ---
    apiVersion: managedidentity.dev/v1alpha1
    kind: IdentityBinding
    metadata: {name: NAME, namespace: rest}
    spec: {identityRef: {name: NAME}, subject: {serviceAccount: {name: NAME}}}
    """
        .replace("NAME", name)
        .replace("SUBSCRIPTION", subscription);
  }

  private static void create(KubernetesClient kubectl, String yaml) {
    kubectl
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(item -> kubectl.resource(item).serverSideApply());
  }

  private static void awaitReady(KubernetesClient kubectl, int count) throws InterruptedException {
    while (ready(kubectl, ManagedIdentity.class) + ready(kubectl, IdentityBinding.class)
        < 2L * count) {
      pause(LOOK);
    }
  }

  private static <T extends CustomResource<?, ?>> long ready(
      KubernetesClient kubectl, Class<T> kind) {
    return kubectl.resources(kind).inNamespace(NAMESPACE).list().getItems().stream()
        .filter(resource -> isReady(resource))
        .count();
  }

  private static boolean isReady(CustomResource<?, ?> resource) {
    var conditions =
        switch (resource) {
          case ManagedIdentity identity when identity.getStatus() != null ->
              identity.getStatus().conditions();
          case IdentityBinding binding when binding.getStatus() != null ->
              binding.getStatus().conditions();
          default -> List.<Condition>of();
        };
    return conditions.stream()
        .anyMatch(one -> one.type().equals("Ready") && one.status().equals("True"));
  }

  private static void pause(Duration duration) throws InterruptedException {
    new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
  }
}
