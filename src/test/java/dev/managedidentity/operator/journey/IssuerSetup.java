package dev.managedidentity.operator.journey;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.cluster.IssuerFlags;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.issuer.IssuerHost;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.operator.kube.IssuerDocuments;
import java.util.List;
import java.util.stream.Stream;

/** A cluster whose issuer is {@code old} and can be replaced; both are published by a host. */
abstract class IssuerSetup implements Setup, AutoCloseable {
  private final IssuerHost host = IssuerHost.start();

  /** How the operator goes about it. */
  abstract TrustOptions trust();

  /** Where the issuers are published. */
  final IssuerHost host() {
    return host;
  }

  final String issuer(String name) {
    return host.issuer(name);
  }

  /** From now on new tokens are of the first of these issuers, and all are accepted. */
  final void restart(ControlPlane controlPlane, String... issuers) {
    controlPlane.restartApiServer(flags(issuers));
  }

  private List<String> flags(String... issuers) {
    return IssuerFlags.of(Stream.of(issuers).map(host::issuer).toList(), host.keysAddress());
  }

  @Override
  public final ControlPlaneOptions controlPlane() {
    return ControlPlaneOptions.standard().withApiServerFlags(flags("old"));
  }

  @Override
  public final EmulatorOptions azure() {
    return EmulatorOptions.defaults().withIssuerAuthorities(List.of(host.caPem()));
  }

  @Override
  public final Options prepare(Rig rig) {
    host.publish(new IssuerDocuments(rig.controlPlane().admin()).keys().orElseThrow());
    return Options.STANDARD.with(trust());
  }

  @Override
  public void close() {
    host.close();
  }
}
