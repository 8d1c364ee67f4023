package dev.managedidentity.operator.certificate;

import static dev.managedidentity.operator.certificate.Years.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MaterialTest {
  private static final Material FIRST = Material.first(Years.authority().issue(BEGIN));
  private static final Material PREPARED = FIRST.prepared(Years.authority().issue(BEGIN));

  @Test
  void isReadAsItWasStored() {
    assertThat(Material.ofEntries(FIRST.entries())).isEqualTo(FIRST);
    assertThat(Material.ofEntries(PREPARED.entries())).isEqualTo(PREPARED);
  }

  @Test
  void hasTheEntriesOfATlsSecret() {
    assertThat(FIRST.entries()).containsOnlyKeys("tls.crt", "tls.key", "ca.crt");
    assertThat(PREPARED.entries())
        .containsOnlyKeys("tls.crt", "tls.key", "ca.crt", "next.crt", "next.key");
  }

  @Test
  void noKeyThatCouldSignCertificatesIsStored() {
    assertThat(PREPARED.entries().values())
        .filteredOn(text -> text.contains("PRIVATE KEY"))
        .hasSize(2)
        .allSatisfy(
            text ->
                assertThat(PREPARED.bundle())
                    .noneMatch(authority -> isOf(text, Pem.of(List.of(authority)))));
  }

  @Test
  void theFormerAuthorityStaysInTheBundle() {
    assertThat(PREPARED.bundle()).hasSize(2).startsWith(FIRST.bundle().getFirst());
    assertThat(PREPARED.switched().bundle()).isEqualTo(PREPARED.bundle());
    assertThat(PREPARED.switched().serving()).isEqualTo(PREPARED.next().orElseThrow());
  }

  @Test
  void saysWhichEntryIsUnreadableButNothingOfAKey() {
    assertRefused("tls.crt", "", "Entry tls.crt: holds no certificate.");
    assertRefused("ca.crt", "nonsense", "Entry ca.crt: holds an unreadable certificate.");
    assertRefused("tls.key", "nonsense", "Entry tls.key: holds no private key.");
    assertRefused(
        "tls.key",
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n",
        "Entry tls.key: holds an unreadable private key.");
    assertRefused(
        "tls.key",
        Pem.of(PREPARED.next().orElseThrow().key()),
        "Entry tls.key: The private key is not the certificate's.");
    assertRefused("next.key", "nonsense", "Entry next.crt: is missing.");
  }

  @Test
  void aCertificateOfNoAuthorityInTheBundleIsRefused() {
    var stranger = Years.authority().issue(BEGIN).authority();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Material(FIRST.serving(), Optional.empty(), List.of(stranger)))
        .withMessage("A certificate is of no authority of the bundle");
  }

  @Test
  void nothingShowsAKey() {
    var keys = List.of(PREPARED.entries().get("tls.key"), PREPARED.entries().get("next.key"));

    assertThat(PREPARED.toString()).doesNotContain("PRIVATE").doesNotContain("ECPrivateKey");
    assertThat(PREPARED.serving().toString())
        .matches("certificate [0-9a-f]+ until 2027-02-01T10:00:00Z");
    assertThat(new CertificateStore.Stored("7", PREPARED.entries()).toString())
        .isEqualTo("Stored[7]")
        .doesNotContain(keys);
  }

  private static void assertRefused(String entry, String text, String message) {
    var entries = new HashMap<>(FIRST.entries());
    entries.put(entry, text);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Material.ofEntries(entries))
        .withMessage(message);
  }

  private static boolean isOf(String key, String certificate) {
    try {
      KeyedCertificate.ofPem(certificate, key);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
