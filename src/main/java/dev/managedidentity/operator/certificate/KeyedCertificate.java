package dev.managedidentity.operator.certificate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A server's certificate and the key that belongs to it.
 *
 * @param key never shown, logged or part of a message
 * @param chain the certificate, then those between it and its authority, if any
 */
public record KeyedCertificate(PrivateKey key, List<X509Certificate> chain) {
  private static final Integer DNS_NAME = 2; // RFC 5280, GeneralName

  public KeyedCertificate {
    chain = List.copyOf(chain);
    if (!isPair(key, chain.getFirst())) {
      throw new IllegalArgumentException("The private key is not the certificate's");
    }
  }

  /**
   * From two PEM texts.
   *
   * @throws IllegalArgumentException when one is unreadable or they do not belong together
   */
  static KeyedCertificate ofPem(String certificates, String key) {
    return new KeyedCertificate(Pem.key(key), Pem.certificates(certificates));
  }

  /** The server's own certificate. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /** Whether a client that looks at its clock now accepts it. */
  public boolean isValidAt(Instant now) {
    return !now.isBefore(certificate().getNotBefore().toInstant()) && now.isBefore(end());
  }

  /** When it is valid no more. */
  public Instant end() {
    return certificate().getNotAfter().toInstant();
  }

  /** Whether it holds every one of these names, letter by letter. */
  boolean isFor(ServerNames names) {
    return dnsNames().containsAll(names.dns());
  }

  private Set<String> dnsNames() {
    var names = new HashSet<String>();
    for (var name : alternativeNames()) {
      if (name.getFirst().equals(DNS_NAME)) {
        names.add(String.valueOf(name.getLast()));
      }
    }
    return names;
  }

  private Collection<List<?>> alternativeNames() {
    try {
      return Objects.requireNonNullElse(certificate().getSubjectAlternativeNames(), List.of());
    } catch (CertificateParsingException e) {
      throw new IllegalArgumentException("The certificate's names are unreadable", e);
    }
  }

  /** Only the key can sign what the certificate verifies. */
  private static boolean isPair(PrivateKey key, X509Certificate certificate) {
    if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
      return false;
    }
    var probe = "whose key is this?".getBytes(StandardCharsets.US_ASCII);
    try {
      var signature = Signature.getInstance(signatureAlgorithm(key));
      signature.initSign(key);
      signature.update(probe);
      var signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static String signatureAlgorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key.getAlgorithm(); // the Edwards curves sign under their own name
    };
  }

  /** Says which it is, without the key. */
  @Override
  public String toString() {
    return "certificate %s until %s".formatted(certificate().getSerialNumber().toString(16), end());
  }
}
