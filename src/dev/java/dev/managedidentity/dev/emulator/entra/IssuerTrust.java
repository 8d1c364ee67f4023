package dev.managedidentity.dev.emulator.entra;

import dev.managedidentity.dev.pki.Pem;
import dev.managedidentity.dev.pki.TrustedCertificates;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The authorities whose word counts for an issuer's TLS certificate: those that the JDK trusts and
 * those that were given.
 */
public final class IssuerTrust implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AtomicReference<Trusting> current;

  /** The authorities and the client that believes them. */
  private record Trusting(List<X509Certificate> certificates, HttpClient client) {}

  public IssuerTrust(List<String> pemTexts) {
    var certificates = new ArrayList<>(ofTheJdk());
    pemTexts.forEach(pem -> certificates.addAll(Pem.certificates(pem)));
    current = new AtomicReference<>(trusting(certificates));
  }

  /** Trusts these authorities from now on, too. */
  public void add(String pem) {
    var more = Pem.certificates(pem);
    current.updateAndGet(
        old -> trusting(Stream.concat(old.certificates().stream(), more.stream()).toList()));
  }

  HttpClient client() {
    return current.get().client();
  }

  @Override
  public void close() {
    client().shutdownNow();
  }

  private static Trusting trusting(List<X509Certificate> certificates) {
    var tls = new TrustedCertificates(certificates).clientContext();
    var client =
        HttpClient.newBuilder()
            .sslContext(tls)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    return new Trusting(List.copyOf(certificates), client);
  }

  private static List<X509Certificate> ofTheJdk() {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
          .toList();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK's own authorities cannot be read", e);
    }
  }
}
