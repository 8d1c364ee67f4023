package dev.managedidentity.dev.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A private key and the certificate that an authority issued for it, also as PEM text. */
public record Issued(
    PrivateKey key, X509Certificate certificate, String keyPem, String certificatePem) {

  static Issued of(PrivateKey key, X509Certificate certificate) {
    return new Issued(key, certificate, Pem.of(key), Pem.of(certificate));
  }

  /** A context for a TLS server that presents this certificate and asks clients for none. */
  public SSLContext serverContext() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK cannot make a TLS context", e);
    }
  }

  /** A context for a TLS client that presents this certificate and trusts the given authorities. */
  public SSLContext clientContext(TrustedCertificates trusted) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trusted.trustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK cannot make a TLS context", e);
    }
  }

  /** Says whose certificate this is and keeps the key out of logs. */
  @Override
  public String toString() {
    return "Issued[" + certificate.getSubjectX500Principal() + "]";
  }

  private KeyManager[] keyManagers() throws GeneralSecurityException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      var password = new char[0];
      store.load(null, password);
      store.setKeyEntry("issued", key, password, new X509Certificate[] {certificate});
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, password);
      return factory.getKeyManagers();
    } catch (IOException e) {
      throw new GeneralSecurityException("An empty key store could not be made", e);
    }
  }
}
