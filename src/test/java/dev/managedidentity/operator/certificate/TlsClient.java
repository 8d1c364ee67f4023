package dev.managedidentity.operator.certificate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * An API server: trusts a bundle and nothing else, has a clock of its own, asks for a name.
 *
 * @param bundle as PEM text
 */
record TlsClient(String bundle, Instant now, String name) {

  /** What it does not like about the server on this port; empty when they shake hands. */
  Optional<String> complaint(int port) {
    try (var plain = new Socket(InetAddress.getLoopbackAddress(), port);
        var socket = (SSLSocket) tls().getSocketFactory().createSocket(plain, name, port, true)) {
      plain.setTcpNoDelay(true);
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket.getInputStream().read() == '!' ? Optional.empty() : Optional.of("no greeting");
    } catch (SSLException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private SSLContext tls() throws GeneralSecurityException {
    var anchors =
        Pem.certificates(bundle).stream()
            .map(authority -> new TrustAnchor(authority, null))
            .collect(Collectors.toSet());
    var path = new PKIXBuilderParameters(anchors, new X509CertSelector());
    path.setRevocationEnabled(false);
    path.setDate(Date.from(now));
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(new CertPathTrustManagerParameters(path));
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
