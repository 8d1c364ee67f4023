package dev.managedidentity.dev.demo;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.dev.cluster.BinaryFinder;
import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.emulator.control.Seed;
import dev.managedidentity.dev.emulator.control.Seed.Group;
import dev.managedidentity.dev.process.FreePorts;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.dev.rig.Shipped;
import dev.managedidentity.dev.rig.TrialPod;
import dev.managedidentity.dev.rig.WebhookRegistration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** What the story plays on; started piece by piece, stopped in the reverse order. */
final class Stage implements AutoCloseable {
  /** The resource group that the quickstart grants access to. */
  static final String GRANTED_GROUP = "shop-data";

  /** The resource group of the identities, which the quickstart grants nobody access to. */
  static final String OTHER_GROUP = "platform";

  /** The subscription that the quickstart names. */
  private static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";

  private final Narration narration;
  private final Deque<Runnable> closers = new ConcurrentLinkedDeque<>();
  private @Nullable ControlPlane controlPlane;
  private @Nullable AzureEmulator azure;
  private @Nullable Rig rig;
  private @Nullable OperatorProcess operator;

  Stage(Narration narration) {
    this.narration = narration;
  }

  ControlPlane controlPlane() {
    return requireNonNull(controlPlane, "started first");
  }

  AzureEmulator azure() {
    return requireNonNull(azure, "started second");
  }

  OperatorProcess operator() {
    return requireNonNull(operator, "started last");
  }

  /** The end of the operator's log, once it was started. */
  Optional<String> operatorLog(int lines) {
    return Optional.ofNullable(operator).map(process -> process.log().tail(lines));
  }

  void startControlPlane() {
    narration.say("etcd, kube-apiserver and kube-controller-manager, the real ones");
    var finder = new BinaryFinder(System.getenv(), Path.of("src/dev/cluster"), narration::say);
    var started =
        ControlPlane.start(new ControlPlaneOptions(finder, List.of(), Duration.ofMinutes(2)));
    closers.push(started::close);
    controlPlane = started;
    narration.say("API server   " + started.apiServerUrl());
  }

  void startAzure() {
    var groups =
        List.of(new Group(OTHER_GROUP, "westeurope"), new Group(GRANTED_GROUP, "westeurope"));
    var seed = Seed.withFreshIds().withSubscriptionId(SUBSCRIPTION).withGroups(groups);
    var started = AzureEmulator.start(EmulatorOptions.defaults().withSeed(seed));
    closers.push(started::close);
    azure = started;
    narration.say("Resource Manager and Entra ID   " + started.armEndpoint());
    narration.say("Resource groups                 %s, %s".formatted(OTHER_GROUP, GRANTED_GROUP));
  }

  void applyShipped() {
    rig = Rig.on(controlPlane(), azure());
    narration.say("crds/");
    narration.say(Shipped.MANIFEST.toString());
  }

  void startOperator() {
    narration.say("java -jar " + OperatorProcess.jar());
    narration.say("with its webhook, so that pods wait for their identity");
    narration.say("as service account %s/%s".formatted(Rig.OPERATOR, Rig.OPERATOR));
    var folder = controlPlane().newFolder("operator");
    var port = FreePorts.choose();
    WebhookRegistration.apply(controlPlane().admin(), port);
    var started =
        OperatorProcess.start(
            requireNonNull(rig, "applied before"), folder, WebhookRegistration.configuration(port));
    closers.push(started::close);
    started.awaitReady(); // fails with the end of its log
    operator = started;
    TrialPod.awaitSeen(controlPlane().admin());
    narration.say("ready at " + started.readiness());
  }

  /** Stops what runs; what is just being started stops with this JVM. */
  @Override
  public void close() {
    for (var closer = closers.poll(); closer != null; closer = closers.poll()) {
      closer.run();
    }
  }
}
