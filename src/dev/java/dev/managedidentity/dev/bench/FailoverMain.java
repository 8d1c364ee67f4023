package dev.managedidentity.dev.bench;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Measures how long nobody writes to Azure when the replica that leads ends. */
public final class FailoverMain {
  private static final Duration LOOK = Duration.ofMillis(5);

  private final ControlPlane controlPlane;
  private final Rig rig;
  private int started;

  private FailoverMain(ControlPlane controlPlane, Rig rig) {
    this.controlPlane = controlPlane;
    this.rig = rig;
  }

  /** Takes how often each end is tried. */
  public static void main(String[] arguments) throws InterruptedException {
    var rounds = Integer.parseInt(arguments[0]);
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
        var rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()))) {
      var bench = new FailoverMain(controlPlane, rig);
      var leader = bench.start();
      bench.awaitHolder(leader.name());
      leader = bench.measure("stopped", rounds, leader, OperatorProcess::stop);
      leader = bench.measure("killed", rounds, leader, OperatorProcess::close);
      leader.operator().close();
    }
  }

  private record Replica(String name, OperatorProcess operator) {}

  private Replica measure(String word, int rounds, Replica first, Consumer<OperatorProcess> end)
      throws InterruptedException {
    var leader = first;
    var times = new ArrayList<Long>();
    for (var round = 0; round < rounds; round++) {
      var next = start();
      var begin = System.nanoTime();
      end.accept(leader.operator());
      awaitHolder(next.name());
      new Fleet(controlPlane.admin(), next.name()).apply(List.of(identity(next.name())));
      awaitWrite(next.name());
      times.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
      leader.operator().close();
      leader = next;
    }
    Collections.sort(times);
    System.out.printf(
        Locale.ROOT,
        "%s: the next one wrote after %.1f to %.1f s, in half of %d cases within %.1f s%n",
        word,
        times.getFirst() / 1000.0,
        times.getLast() / 1000.0,
        rounds,
        times.get(times.size() / 2) / 1000.0);
    return leader;
  }

  private Replica start() {
    var name = "replica-" + started++;
    var operator = OperatorProcess.start(rig, controlPlane.newFolder(name), "");
    operator.awaitReady();
    return new Replica(name, operator);
  }

  private static String identity(String namespace) {
    return """
    apiVersion: managedidentity.dev/v1alpha1
    kind: ManagedIdentity
    metadata: {name: orders, namespace: %s}
    spec: {}
    """
        .formatted(namespace);
  }

  /** What the last leader might still do is not taken for the work of the next one. */
  private void awaitHolder(String name) throws InterruptedException {
    var lease = controlPlane.admin().leases().inNamespace(Rig.OPERATOR).withName(Rig.OPERATOR);
    while (lease.get() == null || !name.equals(lease.get().getSpec().getHolderIdentity())) {
      Fleet.pause(LOOK);
    }
  }

  private void awaitWrite(String namespace) throws InterruptedException {
    while (rig.azure().control().snapshot().identities().stream()
        .noneMatch(identity -> identity.name().startsWith(namespace))) {
      Fleet.pause(LOOK);
    }
  }
}
