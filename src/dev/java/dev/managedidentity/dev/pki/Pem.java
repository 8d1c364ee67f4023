package dev.managedidentity.dev.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
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

  /**
   * The key as PEM text: an EC key in SEC 1 form with its curve, because fabric8 7.8.0 takes no
   * other form of it from a kubeconfig, any other key as PKCS#8. OpenSSL and Go read both.
   */
  public static String of(PrivateKey key) {
    return key instanceof ECPrivateKey elliptic
        ? text("EC PRIVATE KEY", sec1(elliptic))
        : text("PRIVATE KEY", key.getEncoded());
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

  private static byte[] sec1(ECPrivateKey key) {
    var curve = PrivateKeyInfo.getInstance(key.getEncoded()).getPrivateKeyAlgorithm();
    int bits = key.getParams().getOrder().bitLength();
    try {
      return new org.bouncycastle.asn1.sec.ECPrivateKey(bits, key.getS(), curve.getParameters())
          .getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
