package dev.managedidentity.dev.demo;

import java.time.Duration;

/** The story: everything is started, used as people use it, deleted, and gone. */
final class Demo {
  /** How many steps it has. */
  static final int STEPS = 10;

  /** How many steps it has when everything is left running. */
  static final int STEPS_KEPT = 9;

  private static final Duration FOREVER = Duration.ofDays(365);

  private final Narration narration;
  private final Stage stage;

  Demo(Narration narration, Stage stage) {
    this.narration = narration;
    this.stage = stage;
  }

  /** Tells the story; returns only when all of it was seen. */
  void run(boolean isKept) {
    narration.announce("Managed Identity Operator: the main job, end to end, on this machine.");
    narration.step("Start a Kubernetes control plane", stage::startControlPlane);
    narration.step("Start the Azure emulator", stage::startAzure);
    narration.step("Apply the CRDs and the operator's rights", stage::applyShipped);
    narration.step("Start the operator, from the jar that ships", stage::startOperator);
    var quickstart = Quickstart.read();
    var scene = new Scene(narration, stage, quickstart);
    narration.step("Apply examples/quickstart/ and a workload, at once", scene::apply);
    narration.step("Wait until the identity and its binding are Ready", scene::awaitReady);
    narration.step("See that its pod waited, and may start now", scene::awaitPod);
    narration.step("Sign in to Azure as the pod does, with no secret", scene::signIn);
    if (isKept) {
      narration.step("Keep everything running until you press Ctrl-C", this::keepRunning);
    }
    narration.step("Delete all that was applied", scene::delete);
    narration.step("Look for anything left in Azure", scene::requireEmptyAzure);
    narration.announce("All of it was seen, in " + narration.total() + ".");
  }

  private void keepRunning() {
    narration.say(
        """
        In another terminal, in this folder:

          export KUBECONFIG=%s
          kubectl get mi,ib -A
          kubectl describe mi orders -n shop
          kubectl get serviceaccount orders-api -n shop -o yaml
          kubectl explain mi.spec --recursive
          kubectl get pods -n shop
          kubectl delete -f examples/workload.yaml -f examples/quickstart/

        What Azure has now, and what it was asked:

          curl -s --cacert %s %s/state
          curl -s --cacert %s %s/requests

        The operator's log: %s
        """
            .formatted(
                stage.controlPlane().adminKubeconfig(),
                stage.azure().caFile(),
                stage.azure().controlEndpoint(),
                stage.azure().caFile(),
                stage.azure().controlEndpoint(),
                stage.operator().log().path()));
    stage.operator().exitsWithin(FOREVER);
    throw new StepFailedException("The operator stopped.");
  }
}
