package dev.managedidentity.operator.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsErrorsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void listsEveryErrorOfFileAndEnvironmentAtOnce() throws IOException {
    var message =
        messageFor(
            """
            azure:
              cloud: public
              timeuot: 30s
              defaults:
                subscriptionId: mine
            http: 8080
            """,
            Map.of("MIO_AZURE_TIMEOUT", "30", "MIO_HTTP_PROT", "1"));

    assertThat(message)
        .isEqualTo(
            """
            The configuration has 6 errors:
              - azure.timeuot is not a key. Did you mean azure.timeout?
              - http is not a mapping. It must be a mapping with the keys address, port.
              - The environment variable MIO_HTTP_PROT is not one of the operator's. Did you mean MIO_HTTP_PORT?
              - azure.cloud is "public". It must be one of Public, USGovernment, China, Custom.
              - azure.defaults.subscriptionId is "mine". It must be a GUID, such as 00000000-0000-0000-0000-000000000000.
              - azure.timeout (environment variable MIO_AZURE_TIMEOUT) is "30". It must be a whole number and a unit (ms, s, m), from 1s to 10m, such as 30s.
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          azure: {defaults: {subscriptionId: 1}}                 | azure.defaults.subscriptionId is 1 without quotes
          azure: {defaults: {resourceGroup: 'shop.'}}            | azure.defaults.resourceGroup is "shop."
          azure: {defaults: {resourceGroup: true}}               | azure.defaults.resourceGroup is true without quotes
          azure: {defaults: {location: West Europe}}             | azure.defaults.location is "West Europe"
          azure: {defaults: {location: [westeurope]}}            | azure.defaults.location is a list
          azure: {defaults: {tags: team}}                        | azure.defaults.tags is not a mapping
          azure: {defaults: {tags: {cost: 7}}}                   | azure.defaults.tags has the tag "cost", whose value is not text in quotes
          azure: {defaults: {tags: {'a/b': c}}}                  | azure.defaults.tags has the tag name "a/b"
          azure: {defaults: {tags: {ManagedIdentity.dev.x: c}}}  | azure.defaults.tags has the tag name "ManagedIdentity.dev.x"
          azure: {defaults: {tags: {Azure-team: c}}}             | azure.defaults.tags has the tag name "Azure-team"
          azure: {defaults: {tags: {Team: a, team: b}}}          | azure.defaults.tags has the tag name "team" twice
          azure: {defaults: {location: 1west}}                   | azure.defaults.location is "1west"
          azure: {timeout: 500ms}                                | azure.timeout is "500ms"
          azure: {timeout: 11m}                                  | azure.timeout is "11m"
          azure: {cloud: {name: Public}}                         | azure.cloud is a mapping
          inventory: {identities: 25h}                           | inventory.identities is "25h"
          inventory: {credentials: 999ms}                        | inventory.credentials is "999ms"
          inventory: {resources: 1d}                             | inventory.resources is "1d"
          guardrails: {removeRefusedRoles: 1}                    | guardrails.removeRefusedRoles is 1 without quotes
          guardrails: {rules: {name: a}}                         | guardrails.rules is not a list
          guardrails: {rules: [shop]}                            | guardrails.rules[0] is not a mapping
          azure: {credentials: none}                             | azure.credentials is not a list
          http: {port: 65536}                                    | http.port is "65536"
          http: {port: -1}                                       | http.port is "-1"
          http: {port: 80.5}                                     | http.port is 80.5 without quotes
          http: {address: localhost}                             | http.address is "localhost"
          federation: {issuer: 'http://issuer.example'}          | federation.issuer does not begin with https://
          federation: {issuer: 'https://issuer.example '}        | federation.issuer begins or ends with white space
          federation: {issuer: 'https://issuer example'}         | federation.issuer is not a URL: Illegal character in authority at character 15
          federation: {issuer: 'https://'}                       | federation.issuer is not a URL: Expected authority at character 9
          federation: {issuer: 'https:///path'}                  | federation.issuer has no valid host
          federation: {issuer: 'https://user:word@host'}         | federation.issuer has a user before the host
          federation: {issuer: 'https://host?x=1'}               | federation.issuer has a query or a fragment
          federation: {additionalIssuers: 'https://a.example'}   | federation.additionalIssuers is not a list
          federation: {additionalIssuers: [https://a, http://b]} | federation.additionalIssuers[1] does not begin with https://
          federation: {additionalIssuers: [https://a, https://a]} | federation.additionalIssuers[1] is there already
          federation: {additionalIssuers: ['https://u:word@a']}  | federation.additionalIssuers[0] has a user before the host. It must be a list of https URLs
          federation: {issuerGracePeriod: 49h}                   | federation.issuerGracePeriod is "49h"
          port: 8080                                             | port is not a key. Did you mean http.port?
          Azure: {cloud: Public}                                 | Azure is not a key. Keys here are azure, federation, guardrails, http, inventory, leaderElection, pods, watch, webhook.
          azure: {defaults: {region: westeurope}}                | azure.defaults.region is not a key. Did you mean azure.defaults.location?
          """)
  void saysWhatIsWrongWithAValue(String yaml, String wrong) throws IOException {
    assertThat(messageFor(yaml, Map.of()))
        .startsWith("The configuration has an error:\n  - " + wrong);
  }

  @Test
  void neverRepeatsWhatMayHoldAPassword() throws IOException {
    assertThat(messageFor("federation: {issuer: 'https://user:word@host'}", Map.of()))
        .doesNotContain("word");
  }

  @Test
  void aCustomCloudNeedsItsEndpoints() throws IOException {
    assertThat(messageFor("azure: {cloud: Custom, custom: {caFile: missing.pem}}", Map.of()))
        .isEqualTo(
            """
            The configuration has 4 errors:
              - azure.custom.caFile is "missing.pem", where no file is. It must be the path of a readable PEM file with certificates.
              - azure.custom.authorityHost is missing. With azure.cloud: Custom it must be an https URL with a host, without user, query or fragment, such as https://host.example/.
              - azure.custom.resourceManagerEndpoint is missing. With azure.cloud: Custom it must be an https URL with a host, without user, query or fragment, such as https://host.example/.
              - azure.custom.resourceManagerAudience is missing. With azure.cloud: Custom it must be an https URL with a host, without user, query or fragment, such as https://host.example/.
            """);
  }

  @Test
  void endpointsNeedTheCustomCloud() throws IOException {
    var environment = Map.of("MIO_AZURE_CUSTOM_AUTHORITY_HOST", "https://login.example/");

    assertThat(messageFor("", environment))
        .contains(
            "azure.custom is given but azure.cloud is Public. Remove it, or set azure.cloud:"
                + " Custom.");
  }

  @Test
  void aFileWithoutCertificatesIsNoCertificateFile() throws IOException {
    var file = Files.writeString(folder.resolve("empty.pem"), "");
    var broken =
        Files.writeString(
            folder.resolve("broken.pem"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

    assertThat(messageFor("", Map.of("MIO_AZURE_CUSTOM_CA_FILE", file.toString())))
        .contains("a file without certificates");
    assertThat(messageFor("", Map.of("MIO_AZURE_CUSTOM_CA_FILE", broken.toString())))
        .contains("which is not PEM");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'a: [b'                   | is not valid YAML at line
          'http: {port: 1, port: 2}'| is not valid YAML at line
          '- http'                  | is not a mapping. It must be a mapping with the keys azure, federation, guardrails, http, inventory, leaderElection, pods, watch, webhook.
          'text'                    | is not a mapping
          """)
  void saysWhatIsWrongWithTheFile(String yaml, String wrong) throws IOException {
    assertThat(messageFor(yaml, Map.of("MIO_HTTP_PORT", "x")))
        .contains("config.yaml " + wrong)
        .contains("http.port (environment variable MIO_HTTP_PORT) is \"x\"");
  }

  @Test
  void aSecondDocumentInTheFileIsRefused() throws IOException {
    assertThat(messageFor("http: {port: 1}\n---\nhttp: {port: 2}\n", Map.of()))
        .contains("config.yaml is not valid YAML");
  }

  @Test
  void anUnreadableFileIsNamed() throws IOException {
    var binary = folder.resolve("binary.yaml");
    Files.write(binary, "http: \u00e4".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(messageFor(folder.resolve("absent.yaml"), Map.of()))
        .contains("absent.yaml does not exist");
    assertThat(messageFor(binary, Map.of())).contains("binary.yaml cannot be read");
    assertThat(messageFor(folder, Map.of())).contains("cannot be read");
  }

  @Test
  void theLevelOfTheLogIsChecked() {
    assertThat(messageFor(Optional.empty(), Map.of("MIO_LOG_LEVEL", "loud")))
        .contains("MIO_LOG_LEVEL is \"loud\". It must be one of error, warn, info, debug, trace.");
  }

  @Test
  void emptyAndForeignVariablesAndEmptyKeysAreNotThere() throws IOException {
    var file = Files.writeString(folder.resolve("config.yaml"), "http:\nfederation: {issuer: }\n");
    var environment = Map.of("MIO_HTTP_PORT", "", "PATH", "/bin", "MIO_LOG_LEVEL", "debug");

    assertThat(SettingsReader.read(Optional.of(file), environment))
        .isEqualTo(SettingsReader.read(Optional.empty(), Map.of()));
  }

  private String messageFor(String yaml, Map<String, String> environment) throws IOException {
    return messageFor(Files.writeString(folder.resolve("config.yaml"), yaml), environment);
  }

  private static String messageFor(Path file, Map<String, String> environment) {
    return messageFor(Optional.of(file), environment);
  }

  private static String messageFor(Optional<Path> file, Map<String, String> environment) {
    var refusal =
        catchThrowableOfType(
            InvalidSettingsException.class, () -> SettingsReader.read(file, environment));
    return String.valueOf(refusal.getMessage());
  }
}
