package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.Region;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.util.Context;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.resourcemanager.authorization.AuthorizationManager;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import com.azure.resourcemanager.msi.MsiManager;
import com.azure.resourcemanager.msi.fluent.models.FederatedIdentityCredentialInner;
import com.azure.resourcemanager.msi.models.Identity;
import dev.managedidentity.dev.pki.TrustedCertificates;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real Azure SDK for Java against the emulator: its requests, its parsing of the replies. */
class AzureSdkTest {
  private static AzureEmulator emulator;
  private static MsiManager identities;
  private static AuthorizationManager roles;

  @BeforeAll
  static void start() {
    emulator = AzureEmulator.start(EmulatorOptions.defaults());
    var profile =
        new AzureProfile(emulator.tenantId(), emulator.subscriptionId(), environment(emulator));
    identities =
        MsiManager.configure().withHttpClient(http(emulator)).authenticate(secret(), profile);
    roles =
        AuthorizationManager.configure()
            .withHttpClient(http(emulator))
            .authenticate(secret(), profile);
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  static HttpClient http(AzureEmulator emulator) {
    return new JdkHttpClientBuilder(
            java.net.http.HttpClient.newBuilder()
                .sslContext(TrustedCertificates.ofPem(emulator.caPem()).clientContext()))
        .build();
  }

  static AzureEnvironment environment(AzureEmulator emulator) {
    var endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
    endpoints.put("resourceManagerEndpointUrl", emulator.armEndpoint() + "/");
    endpoints.put("managementEndpointUrl", emulator.armEndpoint() + "/");
    endpoints.put("activeDirectoryEndpointUrl", emulator.authorityHost());
    return new AzureEnvironment(endpoints);
  }

  private static TokenCredential secret() {
    return new ClientSecretCredentialBuilder()
        .authorityHost(emulator.authorityHost())
        .tenantId(emulator.tenantId())
        .clientId(emulator.clientId())
        .clientSecret(emulator.clientSecret())
        .disableInstanceDiscovery()
        .httpClient(http(emulator))
        .build();
  }

  private static Identity create(String name) {
    return identities
        .identities()
        .define(name)
        .withRegion(Region.EUROPE_WEST)
        .withExistingResourceGroup("platform")
        .withTag("team", "shop")
        .create();
  }

  @Test
  void createsReadsListsAndDeletesAnIdentity() {
    var created = create("sdk-orders");

    var read = identities.identities().getById(created.id());
    var listed = identities.identities().listByResourceGroup("platform").stream().toList();

    assertThat(read.clientId()).isEqualTo(created.clientId());
    assertThat(read.tenantId()).isEqualTo(emulator.tenantId());
    assertThat(read.tags()).containsEntry("team", "shop");
    assertThat(listed).extracting(Identity::name).contains("sdk-orders");

    identities.identities().deleteById(created.id());
    assertThatThrownBy(() -> identities.identities().getById(created.id()))
        .isInstanceOfSatisfying(
            ManagementException.class,
            e -> assertThat(e.getValue().getCode()).isEqualTo("ResourceNotFound"));
  }

  @Test
  void writesFederatedCredentialsOneAfterTheOther() {
    create("sdk-federated");
    var credentials = identities.serviceClient().getFederatedIdentityCredentials();

    for (int i = 0; i < 3; i++) {
      credentials.createOrUpdate(
          "platform",
          "sdk-federated",
          "credential-" + i,
          new FederatedIdentityCredentialInner()
              .withIssuer("https://issuer.example")
              .withSubject("system:serviceaccount:shop:orders-" + i)
              .withAudiences(List.of("api://AzureADTokenExchange")));
    }

    assertThat(credentials.list("platform", "sdk-federated"))
        .extracting(FederatedIdentityCredentialInner::subject)
        .containsExactly(
            "system:serviceaccount:shop:orders-0",
            "system:serviceaccount:shop:orders-1",
            "system:serviceaccount:shop:orders-2");
    credentials.delete("platform", "sdk-federated", "credential-1");
    assertThat(credentials.list("platform", "sdk-federated")).hasSize(2);
  }

  @Test
  void followsThePagesOfALongList() {
    emulator.control().setLimits(limits -> limits.withPageSize(2));
    for (int i = 0; i < 5; i++) {
      create("sdk-page-" + i);
    }

    var names =
        identities.identities().list().stream()
            .map(Identity::name)
            .filter(name -> name.startsWith("sdk-page-"))
            .toList();

    assertThat(names).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void findsARoleByItsNameAndGrantsIt() {
    var identity = create("sdk-granted");
    var scope = "/subscriptions/" + emulator.subscriptionId() + "/resourceGroups/platform";

    var reader = roles.roleDefinitions().getByScopeAndRoleName(scope, "Storage Blob Data Reader");
    RoleAssignmentInner assignment =
        roles
            .roleServiceClient()
            .getRoleAssignments()
            .create(
                scope,
                UUID.randomUUID().toString(),
                new RoleAssignmentCreateParameters()
                    .withRoleDefinitionId(reader.id())
                    .withPrincipalId(identity.principalId())
                    .withPrincipalType(PrincipalType.SERVICE_PRINCIPAL));

    // The SDK does not encode this filter, and no URL has spaces.
    assertThat(reader.name()).isEqualTo("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1");
    assertThat(
            roles
                .roleServiceClient()
                .getRoleAssignments()
                .listForScope(
                    scope,
                    "principalId%20eq%20'" + identity.principalId() + "'",
                    null,
                    null,
                    Context.NONE))
        .extracting(RoleAssignmentInner::id)
        .containsExactly(assignment.id());
    roles.roleServiceClient().getRoleAssignments().delete(scope, assignment.name());
  }

  @Test
  void isToldByAnSdkExceptionWhatIsDenied() {
    var elsewhere = emulator.control().outOfBand();
    elsewhere.addResourceGroup(emulator.subscriptionId(), "forbidden", "westeurope");

    assertThatThrownBy(
            () ->
                identities
                    .identities()
                    .define("sdk-denied")
                    .withRegion(Region.EUROPE_WEST)
                    .withExistingResourceGroup("forbidden")
                    .create())
        .isInstanceOfSatisfying(
            ManagementException.class,
            e -> {
              assertThat(e.getResponse().getStatusCode()).isEqualTo(403);
              assertThat(e.getValue().getCode()).isEqualTo("AuthorizationFailed");
            });
  }
}
