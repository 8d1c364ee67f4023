package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.model.Principal;
import dev.managedidentity.dev.emulator.model.Scope;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resources of any type, and the identities that they carry. */
class AzureResourceTest {
  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private ArmResource machine = new ArmResource(EMULATOR, "Microsoft.Compute/virtualMachines", "");
  private String orders = "";

  @BeforeEach
  void createTheMachine() {
    machine = new ArmResource(EMULATOR, "Microsoft.Compute/virtualMachines", "2024-11-01");
    orders = client().putIdentity("orders").json().path("id").asText();
    assertThat(machine.put("{\"location\": \"westeurope\"}").status()).isEqualTo(201);
  }

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private static JsonNode tree(String text) {
    try {
      return Json.parse(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ArmClient.Reply patchIdentity(String type, String identities) {
    return machine.patchIdentity(type, identities);
  }

  private JsonNode identity() {
    return machine.get().json().path("identity");
  }

  @ParameterizedTest
  @CsvSource({
    "Microsoft.Compute/virtualMachines, 2024-11-01",
    "Microsoft.Compute/virtualMachineScaleSets, 2025-04-01",
    "Microsoft.Web/sites, 2024-04-01",
    "Microsoft.Web/sites, 2015-08-01-preview",
    "Microsoft.Logic/workflows, 2019-05-01",
    "Microsoft.App/containerApps, 2025-01-01",
    "Microsoft.App/jobs, 2025-02-02-preview",
    "Microsoft.ContainerInstance/containerGroups, 2023-05-01",
    "Microsoft.Storage/storageAccounts, 2023-05-01",
    "Microsoft.ContainerRegistry/registries, 2025-04-01",
    "Microsoft.ServiceBus/namespaces, 2024-01-01",
    "Microsoft.Automation/automationAccounts, 2023-11-01",
    "Microsoft.DataFactory/factories, 2018-06-01"
  })
  void letsTheOperatorAssignAnIdentityToAResourceOfEveryType(String type, String version) {
    var resource = new ArmResource(EMULATOR, type, version);
    resource.put("{\"location\": \"West Europe\"}");

    var patched = resource.patchIdentity("UserAssigned", "{\"" + orders + "\": {}}");

    assertThat(patched.status()).as(patched.text()).isEqualTo(200);
    assertThat(patched.json().path("type").asText()).isEqualTo(type);
    assertThat(resource.get().json().path("identity").path("userAssignedIdentities").has(orders))
        .isTrue();
  }

  @Test
  void keepsWhatItsOwnerWroteWordForWord() {
    var body =
        """
        {"location": "westeurope", "tags": {"a": "b"}, "sku": {"name": "Standard_LRS"}, "zones": ["1"],
         "properties": {"osProfile": {"computerName": "vm", "secrets": []}, "priority": null}}\
        """;
    machine.put(body);

    patchIdentity("SystemAssigned", "null");

    var after = machine.get().json();
    var written = tree(body);
    for (var field : written.properties()) {
      if (!field.getKey().equals("properties")) {
        assertThat(after.path(field.getKey())).isEqualTo(field.getValue());
      }
    }
    assertThat(after.path("properties").path("osProfile"))
        .isEqualTo(written.path("properties").path("osProfile"));
    assertThat(after.path("properties").path("provisioningState").asText()).isEqualTo("Succeeded");
  }

  @Test
  void addsNamedIdentitiesRemovesThoseWithNullAndKeepsTheOthers() {
    var payments = client().putIdentity("payments").json();
    var paymentsId = payments.path("id").asText();
    patchIdentity("UserAssigned", "{\"" + orders + "\": {}}");

    var both =
        patchIdentity("SystemAssigned, UserAssigned", "{\"" + paymentsId + "\": {}}")
            .json()
            .path("identity");
    assertThat(both.path("type").asText()).isEqualTo("SystemAssigned, UserAssigned");
    assertThat(both.path("userAssignedIdentities")).hasSize(2);
    assertThat(both.path("userAssignedIdentities").path(paymentsId).path("clientId"))
        .isEqualTo(payments.path("properties").path("clientId"));

    patchIdentity(
        "SystemAssigned, UserAssigned", "{\"" + orders.toUpperCase(Locale.ROOT) + "\": null}");
    assertThat(identity().path("userAssignedIdentities").has(orders)).isFalse();
    assertThat(identity().path("userAssignedIdentities")).hasSize(1);

    patchIdentity("None", "null");
    assertThat(machine.get().json().has("identity")).isFalse();
  }

  @Test
  void writesTheCombinedTypeWithoutABlankWhereStorageDoes() {
    var account = new ArmResource(EMULATOR, "Microsoft.Storage/storageAccounts", "2023-05-01");
    account.put("{\"location\": \"westeurope\"}");

    var patched =
        account.patchIdentity("SystemAssigned, UserAssigned", "{\"" + orders + "\": {}}").json();

    assertThat(patched.path("identity").path("type").asText())
        .isEqualTo("SystemAssigned,UserAssigned");
  }

  @Test
  void refusesWishesThatContradictThemselves() {
    patchIdentity("UserAssigned", "{\"" + orders + "\": {}}");

    var last = patchIdentity("UserAssigned", "{\"" + orders + "\": null}");
    var none = patchIdentity("None", "{\"" + orders + "\": null}");
    var unknown = patchIdentity("Both", "null");
    var notAnId = patchIdentity("UserAssigned", "{\"orders\": {}}");
    var missing = patchIdentity("UserAssigned", "{\"" + client().identity("no") + "\": {}}");

    assertThat(last.status()).isEqualTo(400);
    assertThat(last.errorCode()).isEqualTo("MissingIdentityIds");
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.errorMessage()).contains("should not contain: userAssignedIdentities");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(notAnId.errorCode()).isEqualTo("LinkedInvalidPropertyId");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.errorCode()).isEqualTo("FailedIdentityOperation");
    assertThat(identity().path("userAssignedIdentities").has(orders)).isTrue();
  }

  @Test
  void refusesIdentitiesOnATypeThatHasNone() {
    var vault = new ArmResource(EMULATOR, "Microsoft.KeyVault/vaults", "2023-07-01");
    EMULATOR.control().outOfBand().resources().add(new Scope(vault.id()), "westeurope");
    var owner = token("owner", "Owner");

    var refused = vault.as(owner).patchIdentity("SystemAssigned", "null");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(vault.get().status()).isEqualTo(200);
  }

  private static String token(String name, String role) {
    var principal = EMULATOR.control().outOfBand().addServicePrincipal(name);
    EMULATOR.control().outOfBand().grant(principal.objectId(), role, new Scope(client().group()));
    return client().token(principal.clientId(), principal.secret().orElseThrow());
  }

  @Test
  void asksForTheRightToAssignBesidesTheRightToWrite() {
    var contributor = machine.as(token("writer", "Virtual Machine Contributor"));

    var refused = contributor.patchIdentity("UserAssigned", "{\"" + orders + "\": {}}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.errorCode()).isEqualTo("LinkedAuthorizationFailed");
    assertThat(refused.errorMessage())
        .contains("userAssignedIdentities/assign/action", "virtualMachines/write", orders);
    patchIdentity("SystemAssigned, UserAssigned", "{\"" + orders + "\": {}}");
    assertThat(contributor.patchIdentity("SystemAssigned", "null").status()).isEqualTo(200);
    assertThat(
            machine
                .as(token("reader", "Reader"))
                .patchIdentity("SystemAssigned", "null")
                .errorCode())
        .isEqualTo("AuthorizationFailed");
  }

  @Test
  void givesAResourceAPrincipalThatEndsWithItsIdentityAndLeavesRolesAsOrphans() {
    var world = EMULATOR.control().outOfBand();
    assertThat(machine.systemIdentity().status()).isEqualTo(404);
    patchIdentity("SystemAssigned", "null");
    var own = identity().path("principalId").asText();
    var grant = world.grant(own, "Reader", new Scope(client().group()));

    var shown = machine.systemIdentity().json().path("properties");
    assertThat(shown.path("principalId").asText()).isEqualTo(own);
    assertThat(shown.path("clientId").isTextual()).isTrue();
    assertThat(shown.path("tenantId").asText()).isEqualTo(EMULATOR.azure().tenantId());
    patchIdentity("SystemAssigned", "null");
    assertThat(identity().path("principalId").asText()).isEqualTo(own);

    patchIdentity("None", "null");
    assertThat(machine.systemIdentity().status()).isEqualTo(404);
    assertThat(EMULATOR.control().snapshot().roleAssignments()).contains(grant);
    assertThat(world.principals()).extracting(Principal::objectId).doesNotContain(own);
    patchIdentity("SystemAssigned", "null");
    assertThat(identity().path("principalId").asText()).isNotEqualTo(own);
  }

  @Test
  void keepsTheIdOfAnAssignedIdentityThatIsGone() {
    patchIdentity("UserAssigned", "{\"" + orders + "\": {}}");

    EMULATOR.control().outOfBand().deleteIdentity(new Scope(orders));

    assertThat(identity().path("userAssignedIdentities").has(orders)).isTrue();
    assertThat(patchIdentity("None", "null").status()).isEqualTo(200);
  }

  @Test
  void honoursIfMatchOnTypesThatHaveAnEtag() {
    var etag = machine.get().header("etag").orElseThrow();
    assertThat(machine.get().json().path("etag").asText()).isEqualTo(etag);
    patchIdentity("SystemAssigned", "null");

    var late = machine.ifMatch(etag).patchIdentity("None", "null");
    var current = machine.get().header("etag").orElseThrow();

    assertThat(late.status()).isEqualTo(412);
    assertThat(late.errorCode()).isEqualTo("PreconditionFailed");
    assertThat(machine.ifMatch(current).patchIdentity("None", "null").status()).isEqualTo(200);
    var site = new ArmResource(EMULATOR, "Microsoft.Web/sites", "2024-04-01");
    site.put("{\"location\": \"westeurope\"}");
    assertThat(site.get().header("etag")).isEmpty();
    assertThat(site.ifMatch(etag).patchIdentity("SystemAssigned", "null").status()).isEqualTo(200);
  }

  @Test
  void letsSomebodyElseBeFasterThanTheNextWrite() {
    var etag = machine.get().header("etag").orElseThrow();
    EMULATOR
        .control()
        .beforeNext(
            "virtualMachines/write",
            machine.id(),
            world -> world.resources().setSystemAssigned(new Scope(machine.id()), true));

    var late = machine.ifMatch(etag).patchIdentity("UserAssigned", "{\"" + orders + "\": {}}");

    assertThat(late.status()).isEqualTo(412);
    assertThat(identity().path("type").asText()).isEqualTo("SystemAssigned");
  }

  @Test
  void checksVersionPlaceAndExistence() {
    var old = new ArmResource(EMULATOR, "Microsoft.Compute/virtualMachines", "2001-01-01");
    var unknown = new ArmResource(EMULATOR, "Microsoft.Web/sites", "2024-04-01");

    assertThat(old.get().errorCode()).isEqualTo("NoRegisteredProviderFound");
    assertThat(unknown.get().errorCode()).isEqualTo("ResourceNotFound");
    assertThat(unknown.patchIdentity("None", "null").status()).isEqualTo(404);
    assertThat(unknown.put("{}").errorCode()).isEqualTo("LocationRequired");
    assertThat(machine.put("{\"location\": \"eastus\"}").errorCode())
        .isEqualTo("InvalidResourceLocation");
  }
}
