package dev.managedidentity.dev.cluster;

import dev.managedidentity.dev.pki.TrustedCertificates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks an API server, as nobody in particular, whether it is ready. */
final class ReadyzProbe implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient http;
  private final HttpRequest request;

  ReadyzProbe(String apiServer, String authorityPem) {
    http =
        HttpClient.newBuilder()
            .sslContext(TrustedCertificates.ofPem(authorityPem).clientContext())
            .connectTimeout(PATIENCE)
            .build();
    request = HttpRequest.newBuilder(URI.create(apiServer + "/readyz")).timeout(PATIENCE).build();
  }

  /** A server that does not answer is not ready, which is no error while it starts. */
  boolean isReady() {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlPlaneFailedException("Interrupted while the API server was starting");
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
