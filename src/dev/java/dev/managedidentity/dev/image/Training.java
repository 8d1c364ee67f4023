package dev.managedidentity.dev.image;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.process.FreePorts;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.dev.rig.WebhookRegistration;
import dev.managedidentity.operator.api.IdentityBinding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A run of the operator in which Java learns which classes it needs, and writes them into the AOT
 * cache when it ends: <a href="https://openjdk.org/jeps/514">JEP 514</a>.
 */
final class Training {
  private static final String IDENTITY =
      """
      apiVersion: managedidentity.dev/v1alpha1
      kind: ManagedIdentity
      metadata: {name: training, namespace: default}
      spec:
        roleAssignments: [{role: Reader, scope: /subscriptions/$SUBSCRIPTION/resourceGroups/platform}]
      """;

  private static final String BINDING =
      """
      apiVersion: managedidentity.dev/v1alpha1
      kind: IdentityBinding
      metadata: {name: training, namespace: default}
      spec:
        identityRef: {name: training}
        subject: {serviceAccount: {name: training, create: true}}
      """;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ImageFiles files;

  Training(ImageFiles files) {
    this.files = files;
  }

  /** Starts it with its webhook as it is in clusters, and ends it once it is at work. */
  void run(Path cache) {
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard());
        var rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()))) {
      var port = FreePorts.choose();
      WebhookRegistration.apply(controlPlane.admin(), port);
      var words = ContainerCommand.in(files.root(), "-XX:AOTCacheOutput=" + cache);
      try (var operator =
          OperatorProcess.by(
              words,
              rig,
              controlPlane.newFolder("training"),
              WebhookRegistration.configuration(port))) {
        operator.awaitReady();
        work(rig);
        operator.stop();
        if (!operator.exitsWithin(PATIENCE)) {
          throw new IllegalStateException("The training run does not end: " + operator.log());
        }
      }
    }
  }

  private static void work(Rig rig) {
    var admin = rig.controlPlane().admin();
    for (var resource : List.of(IDENTITY, BINDING)) {
      var text = resource.replace("$SUBSCRIPTION", rig.azure().subscriptionId());
      admin.resource(text).serverSideApply();
    }
    admin
        .resources(IdentityBinding.class)
        .inNamespace("default")
        .withName("training")
        .waitUntilCondition(Training::isReady, PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static boolean isReady(@Nullable IdentityBinding binding) {
    return binding != null
        && binding.getStatus() != null
        && binding.getStatus().conditions().stream()
            .anyMatch(
                condition -> condition.type().equals("Ready") && condition.status().equals("True"));
  }
}
