package dev.managedidentity.operator.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes a certificate for a server, with an authority that signs nothing else, ever. */
public final class OneTimeAuthority {
  /** As long as public authorities give; a leaked key serves nobody longer. */
  static final Duration LIFETIME = Duration.ofDays(90);

  /** The API server's clock may be behind ours. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofHours(1);

  private static final String NAME = "CN=managed-identity-operator webhook";
  private static final int SERIAL_BITS = 127; // RFC 5280: positive and at most 20 octets

  private final ServerNames names;
  private final SecureRandom random;

  /** Certificates will be for a server of these names. */
  public OneTimeAuthority(ServerNames names, SecureRandom random) {
    this.names = names;
    this.random = random;
  }

  /** What was made at once: a server's certificate and the authority that a client must trust. */
  public record Issued(KeyedCertificate server, X509Certificate authority) {}

  /** Whom the certificates are for. */
  ServerNames names() {
    return names;
  }

  /** A new certificate of a new authority, whose key is gone when this returns. */
  Issued issue(Instant now) {
    var authority = newKeys();
    var server = newKeys();
    var serial = newSerial();
    // no two authorities share a name: a client that trusts both need not guess
    var issuer = new X500Name(NAME + " authority " + serial.toString(16));
    try {
      var root = sign(root(issuer, serial, authority.getPublic(), now), authority);
      var leaf = sign(leaf(root, issuer, server.getPublic(), now), authority);
      return new Issued(new KeyedCertificate(server.getPrivate(), List.of(leaf)), root);
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("This JDK cannot make a certificate with a P-256 key", e);
    }
  }

  private static X509v3CertificateBuilder root(
      X500Name name, BigInteger serial, PublicKey key, Instant now)
      throws CertIOException, GeneralSecurityException {
    return new JcaX509v3CertificateBuilder(name, serial, begin(now), end(now), name, key)
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
        .addExtension(
            Extension.subjectKeyIdentifier,
            false,
            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
  }

  private X509v3CertificateBuilder leaf(
      X509Certificate root, X500Name issuer, PublicKey key, Instant now)
      throws CertIOException, GeneralSecurityException {
    var identifiers = new JcaX509ExtensionUtils();
    return new JcaX509v3CertificateBuilder(
            issuer, newSerial(), begin(now), end(now), new X500Name(NAME), key)
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .addExtension(
            Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key))
        .addExtension(
            Extension.authorityKeyIdentifier,
            false,
            identifiers.createAuthorityKeyIdentifier(root.getPublicKey()))
        .addExtension(Extension.subjectAlternativeName, false, alternativeNames());
  }

  private GeneralNames alternativeNames() {
    return new GeneralNames(
        names.dns().stream()
            .map(name -> new GeneralName(GeneralName.dNSName, name))
            .toArray(GeneralName[]::new));
  }

  private static X509Certificate sign(X509v3CertificateBuilder certificate, KeyPair signer)
      throws OperatorCreationException, GeneralSecurityException {
    var contentSigner = new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(certificate.build(contentSigner));
  }

  private KeyPair newKeys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no P-256 keys", e);
    }
  }

  private BigInteger newSerial() {
    return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
  }

  private static Date begin(Instant now) {
    return Date.from(now.minus(CLOCK_TOLERANCE));
  }

  private static Date end(Instant now) {
    return Date.from(now.plus(LIFETIME));
  }
}
