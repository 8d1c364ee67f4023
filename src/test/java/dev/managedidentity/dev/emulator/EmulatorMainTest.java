package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.pki.CertificateAuthority;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emulator as a program: its one line, and its environment. */
class EmulatorMainTest {
  @Test
  void describesItselfInOneLine() throws IOException {
    try (var emulator = AzureEmulator.start(EmulatorOptions.defaults())) {
      var line = EmulatorMain.description(emulator);

      assertThat(line).doesNotContain("\n");
      assertThat(Json.parse(line).properties())
          .extracting(Map.Entry::getKey)
          .containsExactly(
              "armEndpoint",
              "authorityHost",
              "caFile",
              "tenantId",
              "subscriptionId",
              "clientId",
              "clientSecret",
              "controlEndpoint");
      assertThat(emulator.caFile()).hasContent(emulator.caPem());
    }
  }

  @Test
  void removesItsFileWhenItStops() {
    var emulator = AzureEmulator.start(EmulatorOptions.defaults());

    emulator.close();

    assertThat(emulator.caFile()).doesNotExist();
  }

  @Test
  void readsEveryFileThatIssuerCaNames(@TempDir Path directory) throws IOException {
    var one = Files.writeString(directory.resolve("a.pem"), pem());
    var two = Files.writeString(directory.resolve("b.pem"), pem());

    var options = EmulatorMain.options(Map.of("ISSUER_CA", one + File.pathSeparator + two));

    assertThat(options.issuerAuthorities()).hasSize(2);
    assertThat(EmulatorMain.options(Map.of()).issuerAuthorities()).isEmpty();
    assertThat(EmulatorMain.options(Map.of("EMULATOR_PORT", "8443")).port()).isEqualTo(8443);
  }

  private static String pem() {
    return CertificateAuthority.create("Some issuer").certificatePem();
  }

  @Test
  void saysWhatIsWrongWithItsEnvironment() {
    assertThatThrownBy(() -> EmulatorMain.options(Map.of("ISSUER_CA", "/no/such/file")))
        .hasMessageContaining("ISSUER_CA")
        .hasMessageContaining("/no/such/file");
    assertThatThrownBy(() -> EmulatorMain.options(Map.of("EMULATOR_PORT", "https")))
        .hasMessageContaining("EMULATOR_PORT");
  }
}
