package dev.managedidentity.operator.azure.arm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS that trusts the certificate authorities of a file besides those that Java trusts. */
public final class TrustedAuthorities {
  private TrustedAuthorities() {}

  /** Trusts whom Java trusts. */
  public static SSLContext ofJava() {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has TLS", e);
    }
  }

  /** Fails with what to do when the file cannot be read or has no certificate. */
  public static SSLContext with(Path file) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, trusting(all(file)).getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "The CA file %s of the custom cloud is no PEM file of certificates: %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static List<Certificate> all(Path file) throws IOException, GeneralSecurityException {
    var certificates = new ArrayList<Certificate>();
    try (var in = Files.newInputStream(file)) {
      certificates.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
    }
    if (certificates.isEmpty()) {
      throw new IOException("it contains none");
    }
    Arrays.stream(trusting(null).getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
        .forEach(certificates::add);
    return certificates;
  }

  /** Trusts the certificates, or those that Java trusts when there are none given. */
  private static TrustManagerFactory trusting(@Nullable List<Certificate> certificates)
      throws IOException, GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(certificates == null ? null : store(certificates));
    return factory;
  }

  private static KeyStore store(List<Certificate> certificates)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (var i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("authority-" + i, certificates.get(i));
    }
    return store;
  }
}
