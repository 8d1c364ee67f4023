package dev.managedidentity.dev.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A real Kubernetes control plane on this machine, ready for use until it is closed. */
public final class ControlPlane implements AutoCloseable {

  private static final int ATTEMPTS = 5;

  private final Endpoints endpoints;
  private final RunFolder folder;
  private final Credentials credentials;
  private final Servers servers;
  private final KubernetesClient admin;
  private final Duration startDeadline;
  private final Thread shutdownHook = new Thread(this::stop, "stop control plane");

  private volatile List<String> apiServerFlags;

  private ControlPlane(Binaries binaries, ControlPlaneOptions options, Endpoints endpoints) {
    this.endpoints = endpoints;
    this.apiServerFlags = options.apiServerFlags();
    this.startDeadline = options.startDeadline();
    folder = RunFolder.create();
    credentials = Credentials.writtenTo(folder, endpoints);
    servers = new Servers(new CommandLines(binaries, folder, endpoints));
    admin = new KubernetesClientBuilder().withConfig(adminConfig()).build();
    Runtime.getRuntime().addShutdownHook(shutdownHook);
  }

  /** Returns when every server is ready; nothing is left behind when one is not. */
  public static ControlPlane start(ControlPlaneOptions options) {
    return start(options, Endpoints::onFreePorts);
  }

  /** Chooses other ports when somebody else took one of the chosen ones. */
  static ControlPlane start(ControlPlaneOptions options, Supplier<Endpoints> ports) {
    var binaries = options.binaries().find();
    for (int attempt = 1; ; attempt++) {
      var controlPlane = new ControlPlane(binaries, options, ports.get());
      try {
        controlPlane.startServers();
        return controlPlane;
      } catch (RuntimeException e) {
        controlPlane.close();
        if (attempt == ATTEMPTS || !isPortTaken(e)) {
          throw e;
        }
      }
    }
  }

  /** Reaches the API server with every right. */
  public KubernetesClient admin() {
    return admin;
  }

  /** The configuration of {@link #admin()}, for further clients. */
  public Config adminConfig() {
    return Config.fromKubeconfig(folder.adminKubeconfig().toFile());
  }

  /** Gives kubectl and other programs every right. */
  public Path adminKubeconfig() {
    return folder.adminKubeconfig();
  }

  /** Where the API server is. */
  public String apiServerUrl() {
    return endpoints.apiServer();
  }

  /**
   * What stands in the {@code iss} claim of new service account tokens. Unless {@link IssuerFlags}
   * say otherwise it is the API server's own address, where anyone can fetch the keys.
   */
  public String issuer() {
    return IssuerFlags.issuer(apiServerFlags).orElseGet(endpoints::apiServer);
  }

  /**
   * Stops the API server and starts it in the same place with these flags instead of the former;
   * returns when it is ready. Everything else goes on: etcd, the controllers, the keys, and clients
   * but for tokens of issuers that it no longer has.
   */
  public synchronized void restartApiServer(List<String> flags) {
    apiServerFlags = List.copyOf(flags);
    try (var probe = probe()) {
      servers.restartApiServer(apiServerFlags, startDeadline, probe);
    }
  }

  /** The authority that the API server's certificate is from, as PEM text. */
  public String authorityPem() {
    return credentials.authorityPem();
  }

  /** A file with {@link #authorityPem()}. */
  public Path authorityFile() {
    return folder.authorityCertificate();
  }

  /** Signs in as an existing service account, with a token that lives for a day. */
  public Config serviceAccountConfig(String namespace, String name) {
    return Config.fromKubeconfig(serviceAccountKubeconfigText(namespace, name));
  }

  /**
   * Signs in under the name of a service account with a certificate, which counts whatever becomes
   * of the issuer of tokens.
   */
  public Config serviceAccountCertificateConfig(String namespace, String name) {
    return Config.fromKubeconfig(credentials.serviceAccountKubeconfig(namespace, name));
  }

  /** A new file with which another process signs in as an existing service account. */
  public Path serviceAccountKubeconfig(String namespace, String name) {
    return folder.write(
        folder.kubeconfig(namespace + "-" + name), serviceAccountKubeconfigText(namespace, name));
  }

  /**
   * A new folder for the files of a program that works with this control plane; it goes with it.
   */
  public Path newFolder(String name) {
    return folder.create(name);
  }

  /** Stops every server and removes every file; returns when both is done. */
  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      // the JVM is shutting down: the hook finds everything stopped
    }
  }

  private void startServers() {
    try (var probe = probe()) {
      servers.startApiServer(apiServerFlags, startDeadline, probe);
    }
    PublicIssuer.open(admin);
    servers.startControllerManager(startDeadline, admin);
  }

  private ReadyzProbe probe() {
    return new ReadyzProbe(endpoints.apiServer(), credentials.authorityPem());
  }

  private String serviceAccountKubeconfigText(String namespace, String name) {
    var token = ServiceAccountTokens.request(admin, namespace, name);
    return credentials.kubeconfig().withToken(namespace, token);
  }

  private synchronized void stop() {
    admin.close();
    servers.close();
    folder.close();
  }

  private static boolean isPortTaken(RuntimeException failure) {
    return failure instanceof ControlPlaneFailedException failed && failed.isPortTaken();
  }
}
