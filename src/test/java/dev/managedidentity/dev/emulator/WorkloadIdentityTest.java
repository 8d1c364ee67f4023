package dev.managedidentity.dev.emulator;

import static dev.managedidentity.dev.emulator.FederatedIdentity.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ClientAssertionCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import dev.managedidentity.dev.emulator.model.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The real azure-identity in a pod's place: from a token file to an answer of Resource Manager. */
class WorkloadIdentityTest {
  private static final String ARM = "https://management.azure.com/.default";

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  @RegisterExtension final FederatedIdentity orders = new FederatedIdentity(EMULATOR);

  private final OidcIssuer issuer = orders.issuer();

  private static ArmClient client() {
    return EMULATOR.client();
  }

  @Test
  void servesAWorkloadThroughTheSdkAndWhatItsRoleAllows(@TempDir Path directory)
      throws IOException {
    var principal = EMULATOR.control().snapshot().identities().getFirst().principalId();
    EMULATOR.control().outOfBand().grant(principal, "Reader", new Scope(client().group()));
    var file = Files.writeString(directory.resolve("token"), issuer.token(SUBJECT));
    var credential =
        new WorkloadIdentityCredentialBuilder()
            .authorityHost(EMULATOR.azure().authorityHost())
            .tenantId(EMULATOR.azure().tenantId())
            .clientId(orders.clientId())
            .tokenFilePath(file.toString())
            .disableInstanceDiscovery()
            .httpClient(AzureSdkTest.http(EMULATOR.azure()))
            .build();

    var token = credential.getTokenSync(new TokenRequestContext().addScopes(ARM)).getToken();

    var version = "?api-version=2024-11-30";
    assertThat(client().call(token, "GET", client().identity("orders") + version, "").status())
        .isEqualTo(200);
    assertThat(client().call(token, "DELETE", client().identity("orders") + version, "").status())
        .isEqualTo(403);
  }

  @Test
  void tellsTheCodeThroughTheSdk() {
    var credential =
        new ClientAssertionCredentialBuilder()
            .authorityHost(EMULATOR.azure().authorityHost())
            .tenantId(EMULATOR.azure().tenantId())
            .clientId(orders.clientId())
            .clientAssertion(() -> issuer.token("somebody-else"))
            .disableInstanceDiscovery()
            .httpClient(AzureSdkTest.http(EMULATOR.azure()))
            .build();

    assertThatThrownBy(() -> credential.getTokenSync(new TokenRequestContext().addScopes(ARM)))
        .hasMessageContaining("AADSTS700213");
  }
}
