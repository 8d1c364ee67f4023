package dev.managedidentity.operator.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.LabelSelector;
import dev.managedidentity.operator.api.LabelSelector.Operator;
import dev.managedidentity.operator.api.LabelSelector.Requirement;
import dev.managedidentity.operator.guardrails.GuardrailRule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
          Map.entry("azure.credentials", "[]"),
          Map.entry("federation.issuer", "none"),
          Map.entry("federation.additionalIssuers", "[]"),
          Map.entry("federation.issuerGracePeriod", "24h"),
          Map.entry("federation.verification.enabled", "true"),
          Map.entry("federation.verification.interval", "6h"),
          Map.entry("guardrails.rules", "[]"),
          Map.entry("guardrails.removeRefusedRoles", "false"),
          Map.entry("inventory.identities", "60s"),
          Map.entry("inventory.credentials", "6h"),
          Map.entry("inventory.roleAssignments", "30m"),
          Map.entry("inventory.resources", "30m"),
          Map.entry("leaderElection.enabled", "true"),
          Map.entry("leaderElection.lease", "managed-identity-operator"),
          Map.entry("pods.waitForBinding", "true"),
          Map.entry("watch.namespaces", "[]"),
          Map.entry("webhook.enabled", "false"),
          Map.entry("webhook.address", "0.0.0.0"),
          Map.entry("webhook.port", "9443"),
          Map.entry("webhook.host", "managed-identity-operator.managed-identity-operator.svc"),
          Map.entry("webhook.name", "managed-identity-operator"),
          Map.entry("webhook.certificateDirectory", "none"),
          Map.entry("http.address", "0.0.0.0"),
          Map.entry("http.port", "8080"));

  private static final String CREDENTIALS =
      """
      [{"subscriptions": ["11111111-2222-3333-4444-555555555555"],
        "tenantId": "22222222-2222-3333-4444-555555555555",
        "clientId": "33333333-2222-3333-4444-555555555555"}]
      """;

  private static final String RULES =
      """
      [{"name": "shop",
        "namespaces": {"matchLabels": {"team": "shop"},
                       "matchExpressions": [{"key": "env", "operator": "NotIn", "values": ["prod"]}]},
        "subscriptions": ["*"],
        "resourceGroups": ["shop-*"],
        "names": ["orders*"],
        "adoptable": ["/subscriptions/*"],
        "roles": ["Reader"],
        "scopes": ["/providers/Microsoft.Management/managementGroups/shop"],
        "azureResources": ["/subscriptions/*/resourceGroups/shop"],
        "issuers": ["https://ci.example/*"]}]
      """;

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
                    Duration.ofSeconds(30),
                    List.of()),
                new FederationSettings(
                    null,
                    List.of(),
                    Duration.ofHours(24),
                    new VerificationSettings(true, Duration.ofHours(6))),
                new GuardrailSettings(List.of(), false),
                new InventorySettings(
                    Duration.ofSeconds(60),
                    Duration.ofHours(6),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(30)),
                new LeaderElectionSettings(true, "managed-identity-operator"),
                new PodSettings(true),
                new WatchSettings(List.of()),
                new WebhookSettings(
                    false,
                    "0.0.0.0",
                    9443,
                    "managed-identity-operator.managed-identity-operator.svc",
                    "managed-identity-operator",
                    null),
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
              credentials:
                - subscriptions: [11111111-2222-3333-4444-555555555555]
                  tenantId: 22222222-2222-3333-4444-555555555555
                  clientId: 33333333-2222-3333-4444-555555555555
            federation:
              issuer: https://issuer.example/a/
              additionalIssuers: [https://issuer.example/b/]
              issuerGracePeriod: 30m
              verification:
                enabled: false
                interval: 1h
            guardrails:
              removeRefusedRoles: true
              rules:
                - name: shop
                  namespaces:
                    matchLabels: {team: shop}
                    matchExpressions: [{key: env, operator: NotIn, values: [prod]}]
                  subscriptions: ["*"]
                  resourceGroups: [shop-*]
                  names: [orders*]
                  adoptable: [/subscriptions/*]
                  roles: [Reader]
                  scopes: [/providers/Microsoft.Management/managementGroups/shop]
                  azureResources: [/subscriptions/*/resourceGroups/shop]
                  issuers: [https://ci.example/*]
            inventory:
              identities: 10s
              credentials: 12h
              roleAssignments: 5m
              resources: 1500ms
            leaderElection:
              enabled: false
              lease: other
            pods:
              waitForBinding: false
            watch:
              namespaces: [shop]
            webhook:
              enabled: true
              address: 127.0.0.2
              port: 8443
              host: webhook.platform.svc
              name: platform
              certificateDirectory: %s
            http:
              address: 127.0.0.1
              port: 9090
            """
                .formatted(caFile, folder));

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
            Map.entry("MIO_AZURE_CREDENTIALS", CREDENTIALS),
            Map.entry("MIO_FEDERATION_ISSUER", "https://issuer.example/a/"),
            Map.entry("MIO_FEDERATION_ADDITIONAL_ISSUERS", "[\"https://issuer.example/b/\"]"),
            Map.entry("MIO_FEDERATION_ISSUER_GRACE_PERIOD", "30m"),
            Map.entry("MIO_FEDERATION_VERIFICATION_ENABLED", "false"),
            Map.entry("MIO_FEDERATION_VERIFICATION_INTERVAL", "1h"),
            Map.entry("MIO_GUARDRAILS_RULES", RULES),
            Map.entry("MIO_GUARDRAILS_REMOVE_REFUSED_ROLES", "true"),
            Map.entry("MIO_INVENTORY_IDENTITIES", "10s"),
            Map.entry("MIO_INVENTORY_CREDENTIALS", "12h"),
            Map.entry("MIO_INVENTORY_ROLE_ASSIGNMENTS", "5m"),
            Map.entry("MIO_INVENTORY_RESOURCES", "1500ms"),
            Map.entry("MIO_LEADER_ELECTION_ENABLED", "false"),
            Map.entry("MIO_LEADER_ELECTION_LEASE", "other"),
            Map.entry("MIO_PODS_WAIT_FOR_BINDING", "false"),
            Map.entry("MIO_WATCH_NAMESPACES", "[\"shop\"]"),
            Map.entry("MIO_WEBHOOK_ENABLED", "true"),
            Map.entry("MIO_WEBHOOK_ADDRESS", "127.0.0.2"),
            Map.entry("MIO_WEBHOOK_PORT", "8443"),
            Map.entry("MIO_WEBHOOK_HOST", "webhook.platform.svc"),
            Map.entry("MIO_WEBHOOK_NAME", "platform"),
            Map.entry("MIO_WEBHOOK_CERTIFICATE_DIRECTORY", folder.toString()),
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
            Duration.ofMinutes(2),
            List.of(
                new CredentialSettings(
                    List.of("11111111-2222-3333-4444-555555555555"),
                    "22222222-2222-3333-4444-555555555555",
                    "33333333-2222-3333-4444-555555555555"))),
        new FederationSettings(
            "https://issuer.example/a/",
            List.of("https://issuer.example/b/"),
            Duration.ofMinutes(30),
            new VerificationSettings(false, Duration.ofHours(1))),
        new GuardrailSettings(List.of(shop()), true),
        new InventorySettings(
            Duration.ofSeconds(10),
            Duration.ofHours(12),
            Duration.ofMinutes(5),
            Duration.ofMillis(1500)),
        new LeaderElectionSettings(false, "other"),
        new PodSettings(false),
        new WatchSettings(List.of("shop")),
        new WebhookSettings(true, "127.0.0.2", 8443, "webhook.platform.svc", "platform", folder),
        new HttpSettings("127.0.0.1", 9090));
  }

  private static GuardrailRule shop() {
    return new GuardrailRule(
        "shop",
        new LabelSelector(
            Map.of("team", "shop"),
            List.of(new Requirement("env", Operator.NOT_IN, List.of("prod")))),
        List.of("*"),
        List.of("shop-*"),
        List.of("orders*"),
        List.of("/subscriptions/*"),
        List.of("Reader"),
        List.of("/providers/Microsoft.Management/managementGroups/shop"),
        List.of("/subscriptions/*/resourceGroups/shop"),
        List.of("https://ci.example/*"));
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
