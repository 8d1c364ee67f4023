package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built-in roles, and what they give to whom. */
class RoleDefinitionTest {
  private static final String VERSION = "?api-version=2022-04-01";
  private static final String UNKNOWN = "11111111-2222-3333-4444-555555555555";

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private static String subscription() {
    return "/subscriptions/" + EMULATOR.azure().subscriptionId();
  }

  @ParameterizedTest
  @CsvSource({
    "Owner, 8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    "Managed Identity Contributor, e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
    "Role Based Access Control Administrator, f58310d9-a9f6-439a-9e8d-f62e7b41a168",
    "storage blob data reader, 2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "Key Vault Secrets User, 4633458b-17de-408a-b874-0445c86b69e6",
    "AcrPull, 7f951dda-4ed3-4680-a7ca-43fe172d538d"
  })
  void findsBuiltInRolesByName(String name, String id) {
    var definitions = client().group() + "/providers/Microsoft.Authorization/roleDefinitions";

    var found =
        client()
            .call("GET", definitions + VERSION + "&$filter=roleName eq '" + name + "'", "")
            .json()
            .path("value");
    var read = client().call("GET", definitions + "/" + id + VERSION, "");

    assertThat(found).hasSize(1);
    assertThat(found.path(0).path("name").asText()).isEqualTo(id);
    assertThat(found.path(0).path("id").asText())
        .isEqualTo(subscription() + "/providers/Microsoft.Authorization/roleDefinitions/" + id);
    assertThat(read.json()).isEqualTo(found.path(0));
  }

  @Test
  void findsNoRoleOfAnUnknownNameOrId() {
    var definitions = "/providers/Microsoft.Authorization/roleDefinitions";

    var byName =
        client()
            .call("GET", subscription() + definitions + VERSION + "&$filter=roleName eq 'Cat'", "");
    var byId = client().call("GET", subscription() + definitions + "/" + UNKNOWN + VERSION, "");

    assertThat(byName.json().path("value")).isEmpty();
    assertThat(byId.status()).isEqualTo(404);
    assertThat(byId.errorCode()).isEqualTo("RoleDefinitionDoesNotExist");
  }

  @Test
  void findsACustomRoleWhereItIsAssignableAndNowhereElse() {
    var world = EMULATOR.control().outOfBand();
    var other = world.addResourceGroup(EMULATOR.azure().subscriptionId(), "other", "eastus");
    var role =
        world.defineRole(
            "Shop Reader",
            List.of("Microsoft.Compute/*/read"),
            List.of(),
            List.of(new Scope(client().group())));
    var definitions = "/providers/Microsoft.Authorization/roleDefinitions";
    var byName = VERSION + "&$filter=roleName eq 'Shop Reader'";

    var found = client().call("GET", client().group() + definitions + byName, "").json();
    var elsewhere = client().call("GET", other.scope() + definitions + byName, "").json();
    var read =
        client().call("GET", subscription() + definitions + "/" + role.id() + VERSION, "").json();

    assertThat(found.path("value").path(0).path("name").asText()).isEqualTo(role.id());
    assertThat(elsewhere.path("value")).isEmpty();
    assertThat(read.path("properties").path("type").asText()).isEqualTo("CustomRole");
    assertThat(read.path("properties").path("assignableScopes").path(0).asText())
        .isEqualTo(client().group());
    var refused =
        client()
            .call(
                "PUT",
                other.scope()
                    + "/providers/Microsoft.Authorization/roleAssignments/"
                    + UNKNOWN
                    + VERSION,
                """
                {"properties": {"roleDefinitionId": "%s", "principalId": "%s",
                 "principalType": "ServicePrincipal"}}\
                """
                    .formatted(role.idAt(other.scope()), UNKNOWN));
    assertThat(refused.errorCode()).isEqualTo("RoleAssignmentScopeNotAssignableToRoleDefinition");
  }

  @Test
  void showsEverybodyTheirOwnPermissions() {
    var principal = EMULATOR.control().outOfBand().addServicePrincipal("somebody");
    var token = client().token(principal.clientId(), principal.secret().orElseThrow());
    var permissions = client().group() + "/providers/Microsoft.Authorization/permissions" + VERSION;
    assertThat(client().call(token, "GET", permissions, "").json().path("value")).isEmpty();

    EMULATOR
        .control()
        .outOfBand()
        .grant(principal.objectId(), "Storage Blob Data Reader", new Scope(subscription()));

    var own = client().call(token, "GET", permissions, "").json().path("value");
    assertThat(own).hasSize(1);
    assertThat(own.path(0).path("dataActions").path(0).asText())
        .isEqualTo("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read");
    assertThat(own.path(0).has("notActions")).isTrue();
  }
}
