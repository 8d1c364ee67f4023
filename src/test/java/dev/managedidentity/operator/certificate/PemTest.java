package dev.managedidentity.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemTest {

  @ParameterizedTest
  @CsvSource({"EC,256", "RSA,2048", "Ed25519,255"})
  void readsTheKeysItWrites(String algorithm, int size) throws GeneralSecurityException {
    var key = pair(algorithm, size).getPrivate();

    assertThat(Pem.key(Pem.of(key))).isEqualTo(key);
  }

  /** PKCS#1 is what cert-manager writes unless it is told else. */
  @Test
  void readsTheRsaKeysThatOthersWrite() throws Exception {
    var key = pair("RSA", 2048).getPrivate();
    var written = PrivateKeyInfo.getInstance(key.getEncoded()).parsePrivateKey();

    assertThat(Pem.key(pem("RSA PRIVATE KEY", written))).isEqualTo(key);
  }

  /** With the curve and the public key, as Go and OpenSSL do it. */
  @Test
  void readsTheEllipticKeysThatOthersWrite() throws Exception {
    var pair = pair("EC", 256);
    var secret = ((ECPrivateKey) pair.getPrivate()).getS();
    var point = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()).getPublicKeyData();
    var written =
        new org.bouncycastle.asn1.sec.ECPrivateKey(
            256, secret, point, SECObjectIdentifiers.secp256r1);

    assertThat(Pem.key(pem("EC PRIVATE KEY", written)))
        .isInstanceOfSatisfying(
            ECPrivateKey.class, read -> assertThat(read.getS()).isEqualTo(secret));
  }

  @Test
  void readsEveryCertificate() {
    var issued = Years.authority().issue(Years.BEGIN);
    var all = List.of(issued.server().certificate(), issued.authority());

    assertThat(Pem.certificates(Pem.of(all))).isEqualTo(all);
  }

  @Test
  void aCertificateIsNoKey() {
    var issued = Years.authority().issue(Years.BEGIN);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.key(Pem.of(List.of(issued.authority()))))
        .withMessage("holds no private key");
  }

  private static KeyPair pair(String algorithm, int size) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return generator.generateKeyPair();
  }

  private static String pem(String heading, ASN1Encodable content) throws IOException {
    var text = new StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(heading, content.toASN1Primitive().getEncoded()));
    }
    return text.toString();
  }
}
