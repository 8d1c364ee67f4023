package dev.managedidentity.dev.cluster;

import java.time.Duration;
import java.util.List;

/**
 * How a control plane is started.
 *
 * @param binaries where its programs come from
 * @param apiServerFlags given to kube-apiserver besides its usual flags, or instead of those that
 *     have their names
 * @param startDeadline how long the servers together may take to be ready
 */
public record ControlPlaneOptions(
    BinaryFinder binaries, List<String> apiServerFlags, Duration startDeadline) {

  public ControlPlaneOptions {
    apiServerFlags = List.copyOf(apiServerFlags);
    if (!startDeadline.isPositive()) {
      throw new IllegalArgumentException("The start deadline must be positive: " + startDeadline);
    }
  }

  /** What the demo and the tests use. */
  public static ControlPlaneOptions standard() {
    return new ControlPlaneOptions(BinaryFinder.ofThisProcess(), List.of(), Duration.ofMinutes(2));
  }

  public ControlPlaneOptions withApiServerFlags(List<String> flags) {
    return new ControlPlaneOptions(binaries, flags, startDeadline);
  }
}
