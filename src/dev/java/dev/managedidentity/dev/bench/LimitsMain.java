package dev.managedidentity.dev.bench;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.emulator.control.EmulatorControl;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;

/** Measures how long bindings take to be ready under the limits that Azure documents. */
public final class LimitsMain {
  private static final String NAMESPACE = "limits";
  private static final int WRITES_PER_SECOND = 2;
  private static final int TOO_MANY = 429;
  private static final double NANOS = 1e9;

  private LimitsMain() {}

  /** Takes the number of bindings and that of the identities over which they are spread. */
  public static void main(String[] arguments) throws InterruptedException {
    var bindings = Integer.parseInt(arguments[0]);
    var identities = Integer.parseInt(arguments[1]);
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
        var rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()));
        var operator = OperatorProcess.start(rig, controlPlane.newFolder("operator"))) {
      operator.awaitReady();
      var control = rig.azure().control();
      control.throttleLikeAzure();
      control.resetRequests();
      var begin = System.nanoTime();
      var fleet = new Fleet(controlPlane.admin(), NAMESPACE);
      fleet.applyBindings(bindings, identities);
      fleet.awaitReady((long) bindings + identities);
      report(bindings + identities, (System.nanoTime() - begin) / NANOS, control);
    }
  }

  /** The first second's writes need not wait. */
  private static void report(int writes, double seconds, EmulatorControl control) {
    var bound = (double) (writes - WRITES_PER_SECOND) / WRITES_PER_SECOND;
    var answers =
        control.requests().stream()
            .filter(request -> request.path().startsWith("/subscriptions"))
            .toList();
    var refused = answers.stream().filter(answer -> answer.status() == TOO_MANY).count();
    System.out.printf(
        "%d writes at %d a second: ready after %.0f s, the limit allows %.0f s (%.2f)%n",
        writes, WRITES_PER_SECOND, seconds, bound, seconds / bound);
    System.out.printf(
        "%d answers, %d of them 429 (%.1f %%), %d overlapping writes of credentials%n",
        answers.size(), refused, 100.0 * refused / answers.size(), control.overlaps());
  }
}
