package dev.managedidentity.operator;

import dev.managedidentity.operator.admission.AdmissionAnswer;
import dev.managedidentity.operator.admission.AdmissionMeter;
import dev.managedidentity.operator.admission.AdmissionRequest;
import dev.managedidentity.operator.admission.AdmissionServer;
import dev.managedidentity.operator.certificate.CertificateFiles;
import dev.managedidentity.operator.certificate.CertificateKeeper;
import dev.managedidentity.operator.certificate.OneTimeAuthority;
import dev.managedidentity.operator.certificate.ServerNames;
import dev.managedidentity.operator.certificate.ServingCertificate;
import dev.managedidentity.operator.kube.CertificateSecret;
import dev.managedidentity.operator.kube.WebhookBundles;
import dev.managedidentity.operator.leadership.Leadership;
import dev.managedidentity.operator.settings.WebhookSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answers the API server over HTTPS, on every replica. */
public final class Webhook implements AutoCloseable {
  /** Where pods are completed. */
  public static final String PODS = "/pods";

  /** Where ManagedIdentities are reviewed. */
  public static final String IDENTITIES = "/managedidentities";

  /** Where IdentityBindings are reviewed. */
  public static final String BINDINGS = "/identitybindings";

  private final List<Runnable> closing = new ArrayList<>();
  private final ServingCertificate certificate = new ServingCertificate();
  private final InstantSource clock;
  private final AdmissionServer server;

  /**
   * What is served, and to whom it is told.
   *
   * @param handlers by path
   */
  public record Service(
      Map<String, Function<AdmissionRequest, AdmissionAnswer>> handlers,
      AdmissionMeter meter,
      Timing timing) {
    public Service {
      handlers = Map.copyOf(handlers);
    }
  }

  /**
   * How long things take.
   *
   * @param linger how long a replica that stops still serves, until it is asked no more: its
   *     endpoint takes a while to be forgotten
   * @param renewal how often it is looked whether the certificate must be renewed
   */
  public record Timing(Duration linger, Duration renewal) {
    public static final Timing STANDARD =
        new Timing(Duration.ofSeconds(5), CertificateKeeper.INTERVAL);
  }

  private Webhook(WebhookSettings settings, Service service, InstantSource clock) {
    this.clock = clock;
    try {
      server =
          AdmissionServer.start(
              new InetSocketAddress(settings.address(), settings.port()),
              certificate.tls(),
              new AdmissionServer.Service(
                  service.handlers(), service.meter(), service.timing().linger()));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Serves at once; handshakes fail until there is a certificate. */
  public static Webhook start(
      WebhookSettings settings,
      KubernetesClient kubernetes,
      Service service,
      Leadership leadership,
      InstantSource clock) {
    var webhook = new Webhook(settings, service, clock);
    var directory = settings.certificateDirectory();
    if (directory == null) {
      webhook.keepCertificate(settings, kubernetes, leadership, service.timing().renewal());
    } else {
      webhook.readCertificate(directory);
    }
    return webhook;
  }

  private void keepCertificate(
      WebhookSettings settings,
      KubernetesClient kubernetes,
      Leadership leadership,
      Duration interval) {
    var secret =
        new CertificateSecret(kubernetes, kubernetes.getNamespace(), settings.name() + "-webhook");
    var keeper =
        new CertificateKeeper(
            secret,
            new WebhookBundles(kubernetes, settings.name()),
            new OneTimeAuthority(new ServerNames(List.of(settings.host())), new SecureRandom()),
            clock,
            interval);
    var watch = secret.watch(certificate::showStored);
    closing.add(keeper::close);
    closing.add(watch::close);
    leadership.whenBegun(keeper::start);
  }

  private void readCertificate(Path directory) {
    var files = new CertificateFiles(directory, certificate, CertificateFiles.INTERVAL);
    closing.add(files::close);
    files.start();
  }

  /** The port that is served: another one than asked for when that was 0. */
  public int port() {
    return server.port();
  }

  /** Whether API servers would accept the certificate that is shown. */
  public boolean isReady() {
    return certificate.isValidAt(clock.instant());
  }

  @Override
  public void close() {
    server.close();
    closing.forEach(Runnable::run);
  }
}
