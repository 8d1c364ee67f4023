package dev.managedidentity.operator.certificate;

import static dev.managedidentity.operator.certificate.Years.BEGIN;
import static dev.managedidentity.operator.certificate.Years.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {
  private static final Material FIRST = Material.first(Years.authority().issue(BEGIN));
  private static final Material SECOND = Material.first(Years.authority().issue(BEGIN));

  @TempDir Path folder;
  private final ServingCertificate shown = new ServingCertificate();
  private final TlsServer server = new TlsServer(shown.tls());
  private CertificateFiles files;

  @BeforeEach
  void look() {
    files = new CertificateFiles(folder, shown, Duration.ofMillis(20));
  }

  @AfterEach
  void stop() {
    files.close();
    server.close();
  }

  @Test
  void waitsForTheFirstFiles() throws IOException {
    files.look();
    assertThat(shown.isValidAt(BEGIN)).isFalse();

    write(FIRST, "tls.crt");
    write(FIRST, "tls.key");
    files.look();

    assertThat(isTrusted(FIRST)).isTrue();
  }

  @Test
  void showsTheFormerCertificateWhileTheFilesAreReplaced() throws IOException {
    write(FIRST, "tls.crt");
    write(FIRST, "tls.key");
    files.look();

    write(SECOND, "tls.crt");
    files.look();
    assertThat(isTrusted(FIRST)).isTrue();

    write(SECOND, "tls.key");
    files.look();
    assertThat(isTrusted(SECOND)).isTrue();
    assertThat(isTrusted(FIRST)).isFalse();
  }

  @Test
  void seesByItselfWhatIsReplaced() throws IOException {
    write(FIRST, "tls.crt");
    write(FIRST, "tls.key");
    files.start();
    await().until(() -> isTrusted(FIRST));

    write(SECOND, "tls.crt");
    write(SECOND, "tls.key");

    await().until(() -> isTrusted(SECOND));
  }

  private void write(Material material, String entry) throws IOException {
    Files.writeString(folder.resolve(entry), Objects.requireNonNull(material.entries().get(entry)));
  }

  private boolean isTrusted(Material material) {
    return new TlsClient(material.bundlePem(), BEGIN, NAME).complaint(server.port()).isEmpty();
  }
}
