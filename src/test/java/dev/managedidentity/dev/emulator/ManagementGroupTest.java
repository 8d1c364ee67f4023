package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.managedidentity.dev.emulator.control.OutOfBand;
import dev.managedidentity.dev.emulator.model.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Management groups: roles granted there, and who inherits them. */
class ManagementGroupTest {
  private static final String VERSION = "?api-version=2022-04-01";
  private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  private static final String NAME = "ed3c9f84-ae20-5aea-8602-58ed2eeffef1";

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private Scope company = Scope.ROOT;
  private Scope shops = Scope.ROOT;

  @BeforeEach
  void placeTheSubscriptionTwoLevelsDown() {
    company = world().addManagementGroup("company");
    shops = world().addManagementGroup("shops", "company");
    world().placeSubscription(EMULATOR.azure().subscriptionId(), "shops");
  }

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private static OutOfBand world() {
    return EMULATOR.control().outOfBand();
  }

  private static ArmClient.Reply put(String token, Scope scope, String principalId) {
    var body =
        """
        {"properties": {"roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/%s",
         "principalId": "%s", "principalType": "ServicePrincipal"}}\
        """
            .formatted(READER, principalId);
    return client().call(token, "PUT", assignments(scope) + "/" + NAME + VERSION, body);
  }

  private static String assignments(Scope scope) {
    return scope.path() + "/providers/Microsoft.Authorization/roleAssignments";
  }

  @Test
  void handsRolesDownToItsSubscriptions() {
    var admin = world().addServicePrincipal("admin");
    world().grant(admin.objectId(), "Owner", company);
    var reader = world().addServicePrincipal("reader");
    var token = client().token(reader.clientId(), reader.secret().orElseThrow());
    var group = client().group() + "?api-version=2021-04-01";
    assertThat(client().call(token, "GET", group, "").status()).isEqualTo(403);

    var adminToken = client().token(admin.clientId(), admin.secret().orElseThrow());
    var created = put(adminToken, shops, reader.objectId());

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.json().path("properties").path("scope").asText()).isEqualTo(shops.path());
    assertThat(client().call(token, "GET", group, "").status()).isEqualTo(200);
    var inherited =
        client()
            .call(
                "GET",
                assignments(new Scope(client().group())) + VERSION + "&$filter=atScope()",
                "")
            .json();
    assertThat(inherited.path("value")).extracting(one -> one.path("name").asText()).contains(NAME);
    var there = client().call(adminToken, "GET", assignments(shops) + VERSION, "").json();
    assertThat(there.path("value")).extracting(one -> one.path("name").asText()).contains(NAME);
  }

  @Test
  void refusesAGroupThatIsNotThereAndWhoHasNoRoleInIt() {
    var admin = world().addServicePrincipal("admin");
    world().grant(admin.objectId(), "Owner", Scope.ROOT);
    var token = client().token(admin.clientId(), admin.secret().orElseThrow());

    assertThat(put(token, Scope.managementGroup("no"), admin.objectId()).status()).isEqualTo(404);
    assertThat(put(client().operatorToken(), shops, admin.objectId()).status()).isEqualTo(403);
    assertThatThrownBy(() -> world().addManagementGroup("x", "no")).hasMessageContaining("no");
  }
}
