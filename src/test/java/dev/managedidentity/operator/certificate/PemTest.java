package dev.managedidentity.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.List;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemTest {

  @ParameterizedTest
  @CsvSource({"EC,256", "RSA,2048", "Ed25519,255"})
  void readsTheKeysItWrites(String algorithm, int size) throws GeneralSecurityException {
    var key = key(algorithm, size);

    assertThat(Pem.key(Pem.of(key))).isEqualTo(key);
  }

  /** PKCS#1 is what cert-manager writes unless it is told else. */
  @ParameterizedTest
  @CsvSource({"EC,256,BEGIN EC PRIVATE KEY", "RSA,2048,BEGIN RSA PRIVATE KEY"})
  void readsTheKeysThatOthersWrite(String algorithm, int size, String heading) throws Exception {
    var key = key(algorithm, size);

    var text = olderForm(key);

    assertThat(text).contains(heading);
    assertThat(Pem.key(text)).isEqualTo(key);
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

  private static PrivateKey key(String algorithm, int size) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return generator.generateKeyPair().getPrivate();
  }

  private static String olderForm(PrivateKey key) throws IOException {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(key);
    }
    return text.toString();
  }
}
