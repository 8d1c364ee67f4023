package dev.managedidentity.dev.bench;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.emulator.behaviour.Propagation;
import dev.managedidentity.dev.emulator.control.EmulatorControl;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.IdentityBinding;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Measures how soon bindings are ready once Entra knows their credentials, which takes a while. */
public final class PropagationMain {
  private static final String NAMESPACE = "propagation";

  private PropagationMain() {}

  /** Takes the number of bindings, that of identities, and the delay in seconds. */
  public static void main(String[] arguments) throws InterruptedException {
    var bindings = Integer.parseInt(arguments[0]);
    var identities = Integer.parseInt(arguments[1]);
    var delay = Duration.ofSeconds(Long.parseLong(arguments[2]));
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
        var rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()));
        var operator = OperatorProcess.start(rig, controlPlane.newFolder("operator"))) {
      operator.awaitReady();
      var control = rig.azure().control();
      control.setPropagation(Propagation.IMMEDIATE.withCredentials(delay));
      var fleet = new Fleet(controlPlane.admin(), NAMESPACE);
      fleet.applyBindings(bindings, identities);
      fleet.awaitReady((long) bindings + identities);
      report(controlPlane, control, delay);
    }
  }

  private static void report(ControlPlane controlPlane, EmulatorControl control, Duration delay) {
    var effective =
        control.snapshot().credentials().stream()
            .collect(
                toMap(credential -> credential.name(), credential -> credential.effectiveAt()));
    var lags =
        controlPlane
            .admin()
            .resources(IdentityBinding.class)
            .inNamespace(NAMESPACE)
            .list()
            .getItems()
            .stream()
            .map(binding -> binding.getStatus().federatedCredentials().getFirst())
            .map(entry -> lag(entry, requireNonNull(effective.get(entry.name()))))
            .sorted()
            .toList();
    var exchanges =
        control.requests().stream()
            .filter(request -> request.operation().equals("token/clientAssertion"))
            .toList();
    System.out.printf(
        "Entra learns of a credential after %d s. Each of %d bindings was proven %d to %d s after"
            + " that, half of them within %d s%n",
        delay.toSeconds(), lags.size(), lags.getFirst(), lags.getLast(), median(lags));
    System.out.printf(
        "%d exchanges, %d of them refused: %.1f a binding%n",
        exchanges.size(),
        exchanges.stream().filter(exchange -> exchange.status() != 200).count(),
        (double) exchanges.size() / lags.size());
  }

  private static long median(List<Long> sorted) {
    return sorted.get(sorted.size() / 2);
  }

  /** In whole seconds, for that is what the status says; never below 0 if the proof is honest. */
  private static long lag(FederatedCredentialStatus entry, Instant effective) {
    var verified = Instant.parse(String.valueOf(entry.verifiedAt()));
    return Duration.between(effective.truncatedTo(ChronoUnit.SECONDS), verified).toSeconds();
  }
}
