package dev.managedidentity.operator.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Certificates and private keys as PEM text, and back. */
final class Pem {
  private static final int LINE_LENGTH = 64;

  private Pem() {}

  /** Certificates one after the other. */
  static String of(List<X509Certificate> certificates) {
    return certificates.stream().map(Pem::of).collect(Collectors.joining());
  }

  /** The key as PKCS#8. */
  static String of(PrivateKey key) {
    return text("PRIVATE KEY", key.getEncoded());
  }

  /**
   * Every certificate of the text, in its order.
   *
   * @throws IllegalArgumentException when there is none, or one that is unreadable
   */
  static List<X509Certificate> certificates(String pem) {
    try {
      var input = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
      var found =
          CertificateFactory.getInstance("X.509").generateCertificates(input).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException("holds no certificate");
      }
      return found;
    } catch (CertificateException e) {
      throw new IllegalArgumentException("holds an unreadable certificate", e);
    }
  }

  /**
   * The first private key of the text: PKCS#8, or as OpenSSL and cert-manager write RSA and
   * elliptic ones.
   *
   * @throws IllegalArgumentException when there is none; the message holds nothing of the text
   */
  static PrivateKey key(String pem) {
    try (var parser = new PEMParser(new StringReader(pem))) {
      for (var found = parser.readObject(); found != null; found = parser.readObject()) {
        if (found instanceof PEMKeyPair pair) {
          return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (found instanceof PrivateKeyInfo info) {
          return new JcaPEMKeyConverter().getPrivateKey(info);
        }
      }
    } catch (IOException | RuntimeException _) { // what it says may quote the key
      throw new IllegalArgumentException("holds an unreadable private key");
    }
    throw new IllegalArgumentException("holds no private key");
  }

  private static String of(X509Certificate certificate) {
    try {
      return text("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("A certificate has no DER form", e);
    }
  }

  private static String text(String type, byte[] der) {
    var lines = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, lines, type);
  }
}
