package dev.managedidentity.dev.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {

  private final CertificateAuthority authority = CertificateAuthority.create("test authority");
  private final Issued serverIdentity =
      authority.issueServer("server", List.of("localhost"), List.of("127.0.0.1"));

  @Test
  void serversAreTrustedUnderTheirHostNameAndTheirAddress() throws Exception {
    var client = TrustedCertificates.ofPem(authority.certificatePem()).clientContext();
    try (var server = new GreetingServer(serverIdentity.serverContext(), false)) {
      assertThat(server.greet(client, "localhost")).isEqualTo("hello");
      assertThat(server.greet(client, "127.0.0.1")).isEqualTo("hello");
    }
  }

  @Test
  void serversAreRefusedUnderAnotherName() throws Exception {
    var other = authority.issueServer("server", List.of("elsewhere.example"), List.of());
    var client = TrustedCertificates.ofPem(authority.certificatePem()).clientContext();
    try (var server = new GreetingServer(other.serverContext(), false)) {
      assertThatThrownBy(() -> server.greet(client, "localhost"))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void serversOfAnotherAuthorityAreRefused() throws Exception {
    var stranger = CertificateAuthority.create("test authority");
    var client = TrustedCertificates.ofPem(stranger.certificatePem()).clientContext();
    try (var server = new GreetingServer(serverIdentity.serverContext(), false)) {
      assertThatThrownBy(() -> server.greet(client, "localhost"))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void clientsPresentTheirCertificateToAServerThatAsks() throws Exception {
    var trusted =
        TrustedCertificates.ofPem(
            List.of(
                CertificateAuthority.create("another").certificatePem(),
                authority.certificatePem()));
    var client = authority.issueClient("admin", List.of("system:masters", "people"));
    try (var server = new GreetingServer(serverIdentity.clientContext(trusted), true)) {
      assertThat(server.greet(client.clientContext(trusted), "localhost"))
          .isEqualTo("hello CN=admin,O=people,O=system:masters");
      assertThatThrownBy(() -> server.greet(trusted.clientContext(), "localhost"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void certificatesAreValidFromBeforeNowForAboutAYear() throws Exception {
    var certificate = serverIdentity.certificate();

    certificate.verify(authority.certificate().getPublicKey());
    assertThat(certificate.getNotBefore()).isBefore(Instant.now().minus(Duration.ofMinutes(30)));
    assertThat(certificate.getNotAfter()).isAfter(Instant.now().plus(Duration.ofDays(364)));
  }

  @Test
  void keysAreKeptOutOfLogs() {
    assertThat(serverIdentity.toString()).contains("CN=server").doesNotContain("KEY");
    assertThat(serverIdentity.keyPem()).startsWith("-----BEGIN EC PRIVATE KEY-----");
  }

  @Test
  void textWithoutACertificateIsRefused() {
    assertThatThrownBy(() -> TrustedCertificates.ofPem("nothing here"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("certificate");
  }

  /** Answers every request with a greeting, over TLS. */
  private static final class GreetingServer implements AutoCloseable {

    private final HttpsServer server;

    GreetingServer(SSLContext context, boolean asksForACertificate) throws IOException {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new Configurator(context, asksForACertificate));
      server.createContext(
          "/",
          exchange -> {
            var session = ((com.sun.net.httpserver.HttpsExchange) exchange).getSSLSession();
            var name = asksForACertificate ? " " + session.getPeerPrincipal().getName() : "";
            var body = ("hello" + name).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
    }

    String greet(SSLContext client, String host) throws IOException, InterruptedException {
      var uri = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
      try (var http = HttpClient.newBuilder().sslContext(client).build()) {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      }
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  /** Asks clients for a certificate, or not. */
  private static final class Configurator extends HttpsConfigurator {

    private final boolean asksForACertificate;

    Configurator(SSLContext context, boolean asksForACertificate) {
      super(context);
      this.asksForACertificate = asksForACertificate;
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
      ssl.setNeedClientAuth(asksForACertificate);
      parameters.setSSLParameters(ssl);
    }
  }
}
