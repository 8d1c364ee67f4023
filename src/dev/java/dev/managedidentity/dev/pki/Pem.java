package dev.managedidentity.dev.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Turns keys and certificates into PEM text, and certificates back. */
public final class Pem {

  private Pem() {}

  /** The certificate as PEM text. */
  public static String of(X509Certificate certificate) {
    try {
      return text("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateException e) {
      throw new IllegalArgumentException("The certificate has no DER form", e);
    }
  }

  /** The key as PKCS#8 PEM text, which OpenSSL, Go and the JDK all read. */
  public static String of(PrivateKey key) {
    return text("PRIVATE KEY", key.getEncoded());
  }

  /** The key as SubjectPublicKeyInfo PEM text. */
  public static String of(PublicKey key) {
    return text("PUBLIC KEY", key.getEncoded());
  }

  /** Every certificate in a PEM text, in its order; at least one. */
  public static List<X509Certificate> certificates(String pem) {
    try {
      var input = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
      var found =
          CertificateFactory.getInstance("X.509").generateCertificates(input).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException("The PEM text holds no certificate");
      }
      return found;
    } catch (CertificateException e) {
      throw new IllegalArgumentException("The PEM text holds an unreadable certificate", e);
    }
  }

  private static String text(String type, byte[] der) {
    var text = new StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, der));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
