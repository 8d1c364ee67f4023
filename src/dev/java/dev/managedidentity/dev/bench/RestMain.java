package dev.managedidentity.dev.bench;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import java.time.Duration;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Counts the calls to Azure that resources at rest cost, at the default intervals. */
public final class RestMain {
  private static final String NAMESPACE = "rest";

  private RestMain() {}

  /** Takes the number of identities, each with a role and a binding, and a duration in minutes. */
  public static void main(String[] arguments) throws InterruptedException {
    var count = Integer.parseInt(arguments[0]);
    var minutes = Integer.parseInt(arguments[1]);
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
        var rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()));
        var operator = OperatorProcess.start(rig, controlPlane.newFolder("operator"))) {
      operator.awaitReady();
      var fleet = new Fleet(controlPlane.admin(), NAMESPACE);
      fleet.apply(
          IntStream.range(0, count)
              .mapToObj("i%05d"::formatted)
              .map(name -> yaml(name, rig.azure().subscriptionId()))
              .toList());
      fleet.awaitReady(2L * count);
      var control = rig.azure().control();
      control.resetCounters();
      Fleet.pause(Duration.ofMinutes(minutes));
      System.out.printf(
          "%d identities, each with a role assignment and a binding: calls in %d minutes%n",
          count, minutes);
      new TreeMap<>(control.counters())
          .forEach((operation, calls) -> System.out.printf("%8d  %s%n", calls, operation));
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
}
