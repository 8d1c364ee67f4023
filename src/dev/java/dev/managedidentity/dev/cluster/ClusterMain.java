package dev.managedidentity.dev.cluster;

import dev.managedidentity.dev.programs.BuildFailedException;
import java.util.concurrent.CountDownLatch;

/** Runs a control plane until it is interrupted, and says how kubectl reaches it. */
public final class ClusterMain {

  private ClusterMain() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws InterruptedException {
    try (var controlPlane = ControlPlane.start(ControlPlaneOptions.standard())) {
      System.out.println("export KUBECONFIG=" + controlPlane.adminKubeconfig());
      System.err.println("A control plane runs until you press Ctrl-C.");
      new CountDownLatch(1).await();
    } catch (BuildFailedException | ControlPlaneFailedException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
