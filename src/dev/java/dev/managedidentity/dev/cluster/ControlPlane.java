package dev.managedidentity.dev.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A real Kubernetes control plane on this machine, ready for use until it is closed. */
public final class ControlPlane implements AutoCloseable {

  private static final int ATTEMPTS = 5;

  private final Endpoints endpoints;
  private final RunFolder folder;
  private final Credentials credentials;
  private final Servers servers;
  private final KubernetesClient admin;
  private final Thread shutdownHook = new Thread(this::stop, "stop control plane");

  private ControlPlane(Binaries binaries, Endpoints endpoints) {
    this.endpoints = endpoints;
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
      var controlPlane = new ControlPlane(binaries, ports.get());
      try {
        controlPlane.startServers(options);
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

  /** What stands in the {@code iss} claim of service account tokens; anyone can fetch its keys. */
  public String issuer() {
    return endpoints.apiServer();
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

  private void startServers(ControlPlaneOptions options) {
    try (var probe = new ReadyzProbe(endpoints.apiServer(), credentials.authorityPem())) {
      servers.startApiServer(options.apiServerFlags(), options.startDeadline(), probe);
    }
    PublicIssuer.open(admin);
    servers.startControllerManager(options.startDeadline(), admin);
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
