package dev.managedidentity.dev.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The authorities that a TLS client trusts, and no others: the JDK's own list is not consulted. */
public record TrustedCertificates(List<X509Certificate> certificates) {

  public TrustedCertificates {
    certificates = List.copyOf(certificates);
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("A client that trusts no authority cannot connect");
    }
  }

  /** Trusts every certificate in the PEM texts, each of which may hold several. */
  public static TrustedCertificates ofPem(List<String> pemTexts) {
    var all = new ArrayList<X509Certificate>();
    pemTexts.forEach(text -> all.addAll(Pem.certificates(text)));
    return new TrustedCertificates(all);
  }

  /** Trusts every certificate in one PEM text. */
  public static TrustedCertificates ofPem(String pemText) {
    return ofPem(List.of(pemText));
  }

  /** A context for a TLS client that presents no certificate of its own. */
  public SSLContext clientContext() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK cannot make a TLS context", e);
    }
  }

  TrustManager[] trustManagers() throws GeneralSecurityException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("authority-" + i, certificates.get(i));
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException e) {
      throw new GeneralSecurityException("An empty trust store could not be made", e);
    }
  }
}
