package dev.managedidentity.operator.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each table names every key, so that a new one cannot be forgotten in any of them. */
class SettingsCompletenessTest {
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("azure.cloud", "Public"),
          Map.entry("azure.custom.authorityHost", "required"),
          Map.entry("azure.custom.resourceManagerEndpoint", "required"),
          Map.entry("azure.custom.resourceManagerAudience", "required"),
          Map.entry("azure.custom.federationAudience", "api://AzureADTokenExchange"),
          Map.entry("azure.custom.caFile", "none"),
          Map.entry("azure.defaults.subscriptionId", "none"),
          Map.entry("azure.defaults.resourceGroup", "none"),
          Map.entry("azure.defaults.location", "none"),
          Map.entry("azure.defaults.tags", "{}"),
          Map.entry("azure.timeout", "30s"),
          Map.entry("federation.issuer", "none"),
          Map.entry("http.address", "0.0.0.0"),
          Map.entry("http.port", "8080"));

  @TempDir private Path folder = Path.of("");
  private Path caFile = Path.of("");

  @BeforeEach
  void writeCertificate() throws IOException {
    caFile = Files.writeString(folder.resolve("ca.pem"), PemFixture.CERTIFICATE);
  }

  @Test
  void everyDefaultIsRecordedHere() {
    var actual =
        PropertyDefinition.all().stream()
            .collect(
                Collectors.toMap(
                    PropertyDefinition::key,
                    property ->
                        property.fallback().orElse(property.isRequired() ? "required" : "none")));

    assertThat(actual).isEqualTo(DEFAULTS);
  }

  @Test
  void nothingGivenMeansTheDefaults() {
    var settings = SettingsReader.read(Optional.empty(), Map.of());

    assertThat(settings)
        .isEqualTo(
            new Settings(
                new AzureSettings(
                    CloudName.PUBLIC,
                    null,
                    new IdentityDefaults(null, null, null, Map.of()),
                    Duration.ofSeconds(30)),
                new FederationSettings(null),
                new HttpSettings("0.0.0.0", 8080)));
  }

  @Test
  void everyKeyCanBeSetInTheFile() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            azure:
              cloud: Custom
              custom:
                authorityHost: https://login.example/
                resourceManagerEndpoint: https://arm.example/
                resourceManagerAudience: https://audience.example/
                federationAudience: api://Exchange
                caFile: %s
              defaults:
                subscriptionId: 11111111-2222-3333-4444-555555555555
                resourceGroup: platform
                location: westeurope
                tags: {team: shop}
              timeout: 2m
            federation:
              issuer: https://issuer.example/a/
            http:
              address: 127.0.0.1
              port: 9090
            """
                .formatted(caFile));

    var settings = SettingsReader.read(Optional.of(file), Map.of());

    assertThat(settings).isEqualTo(overridden());
    assertEveryKeyDiffersFromItsDefault(settings);
  }

  @Test
  void everyKeyCanBeSetInTheEnvironment() {
    var environment =
        Map.ofEntries(
            Map.entry("MIO_AZURE_CLOUD", "Custom"),
            Map.entry("MIO_AZURE_CUSTOM_AUTHORITY_HOST", "https://login.example/"),
            Map.entry("MIO_AZURE_CUSTOM_RESOURCE_MANAGER_ENDPOINT", "https://arm.example/"),
            Map.entry("MIO_AZURE_CUSTOM_RESOURCE_MANAGER_AUDIENCE", "https://audience.example/"),
            Map.entry("MIO_AZURE_CUSTOM_FEDERATION_AUDIENCE", "api://Exchange"),
            Map.entry("MIO_AZURE_CUSTOM_CA_FILE", caFile.toString()),
            Map.entry("MIO_AZURE_DEFAULTS_SUBSCRIPTION_ID", "11111111-2222-3333-4444-555555555555"),
            Map.entry("MIO_AZURE_DEFAULTS_RESOURCE_GROUP", "platform"),
            Map.entry("MIO_AZURE_DEFAULTS_LOCATION", "westeurope"),
            Map.entry("MIO_AZURE_DEFAULTS_TAGS", "{\"team\":\"shop\"}"),
            Map.entry("MIO_AZURE_TIMEOUT", "2m"),
            Map.entry("MIO_FEDERATION_ISSUER", "https://issuer.example/a/"),
            Map.entry("MIO_HTTP_ADDRESS", "127.0.0.1"),
            Map.entry("MIO_HTTP_PORT", "9090"));

    var settings = SettingsReader.read(Optional.empty(), environment);

    assertThat(settings).isEqualTo(overridden());
    assertThat(PropertyDefinition.all())
        .extracting(PropertyDefinition::variable)
        .containsExactlyInAnyOrderElementsOf(environment.keySet());
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    var file =
        Files.writeString(folder.resolve("config.yaml"), "http: {port: 9090, address: 127.0.0.1}");

    var settings = SettingsReader.read(Optional.of(file), Map.of("MIO_HTTP_PORT", "7070"));

    assertThat(settings.http()).isEqualTo(new HttpSettings("127.0.0.1", 7070));
  }

  private Settings overridden() {
    return new Settings(
        new AzureSettings(
            CloudName.CUSTOM,
            new CustomCloud(
                URI.create("https://login.example/"),
                URI.create("https://arm.example/"),
                URI.create("https://audience.example/"),
                "api://Exchange",
                caFile),
            new IdentityDefaults(
                "11111111-2222-3333-4444-555555555555",
                "platform",
                "westeurope",
                Map.of("team", "shop")),
            Duration.ofMinutes(2)),
        new FederationSettings("https://issuer.example/a/"),
        new HttpSettings("127.0.0.1", 9090));
  }

  private static void assertEveryKeyDiffersFromItsDefault(Settings settings) {
    var defaults = SettingsReader.read(Optional.empty(), Map.of());
    assertThat(PropertyDefinition.all())
        .allSatisfy(
            property ->
                assertThat(value(settings, property.key()))
                    .as(property.key())
                    .isNotNull()
                    .isNotEqualTo(value(defaults, property.key())));
  }

  /** What the records hold under a key, found by the names of their components. */
  private static @Nullable Object value(@Nullable Object root, String key) {
    var value = root;
    for (var segment : key.split("\\.", -1)) {
      value = value == null ? null : component(value, segment);
    }
    return value;
  }

  private static @Nullable Object component(Object holder, String name) {
    try {
      return holder.getClass().getMethod(name).invoke(holder);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("No component " + name, e);
    }
  }
}
