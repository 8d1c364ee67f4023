package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.behaviour.Propagation;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.model.Scope;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Resource groups, subscriptions, providers: what a client looks at before it begins. */
class ResourceGroupTest {
  private static final String VERSION = "?api-version=2021-04-01";
  private static final JsonNode RECORDED =
      Json.resource(ResourceGroupTest.class, "/azure/identity-exchanges.json")
          .path("resourceGroup");

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private String token = "";

  @BeforeEach
  void becomeOwner() {
    var owner = EMULATOR.control().outOfBand().addServicePrincipal("owner");
    EMULATOR.control().outOfBand().grant(owner.objectId(), "Owner", new Scope(subscription()));
    token = client().token(owner.clientId(), owner.secret().orElseThrow());
  }

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private static String subscription() {
    return "/subscriptions/" + EMULATOR.azure().subscriptionId();
  }

  private ArmClient.Reply call(String method, String path, String body) {
    return client().call(token, method, path, body);
  }

  private String group(String name) {
    return subscription() + "/resourceGroups/" + name;
  }

  @Test
  void readsAGroupAsRecorded() {
    var created = call("PUT", group("RG") + VERSION, "{\"location\": \"West US\"}");
    var read = call("GET", subscription() + "/resourcegroups/rg" + VERSION, "");

    assertThat(created.status()).isEqualTo(201);
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.json()).isEqualTo(created.json());
    assertThat(read.json().path("id").asText()).isEqualTo(group("RG"));
    assertThat(read.json().path("type").asText()).isEqualTo(RECORDED.path("type").asText());
    assertThat(read.json().properties()).hasSize(RECORDED.path("fields").size());
    assertThat(read.json().path("location").asText()).isEqualTo("westus");
    assertThat(read.json().path("properties").path("provisioningState").asText())
        .isEqualTo(RECORDED.path("provisioningState").asText());
  }

  @Test
  void changesTagsAndRefusesToMove() {
    call("PUT", group("rg") + VERSION, "{\"location\": \"westus\"}");

    assertThat(
            call("PATCH", group("rg") + VERSION, "{\"tags\": {\"a\": \"b\"}}")
                .json()
                .path("tags")
                .path("a")
                .asText())
        .isEqualTo("b");
    assertThat(call("PUT", group("rg") + VERSION, "{\"location\": \"eastus\"}").errorCode())
        .isEqualTo("InvalidResourceGroupLocation");
    assertThat(call("PUT", group("rg.") + VERSION, "{\"location\": \"eastus\"}").status())
        .isEqualTo(400);
    assertThat(call("PUT", group("new") + VERSION, "{}").errorCode()).isEqualTo("LocationRequired");
    assertThat(call("PUT", group("new") + VERSION, "{\"location\": \"x\"}").errorCode())
        .isEqualTo("LocationNotAvailableForResourceType");
  }

  @Test
  void tellsWhetherAGroupExists() {
    assertThat(call("HEAD", group("platform") + VERSION, "").status()).isEqualTo(204);
    assertThat(call("HEAD", group("absent") + VERSION, "").status()).isEqualTo(404);
    assertThat(call("GET", group("absent") + VERSION, "").errorCode())
        .isEqualTo("ResourceGroupNotFound");
    assertThat(call("GET", subscription() + "/resourcegroups" + VERSION, "").json().path("value"))
        .hasSize(1);
  }

  @Test
  void deletesAGroupInItsOwnTimeWithAllThatIsInIt() {
    EMULATOR
        .control()
        .setPropagation(Propagation.IMMEDIATE.withGroupDeletion(Duration.ofMinutes(1)));
    client().putIdentity("orders");
    client().putCredential("orders", "cluster", "https://i", "s");

    var accepted = call("DELETE", group("platform") + VERSION, "");
    var location = accepted.header("location").orElseThrow();

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.header("retry-after")).contains("15");
    assertThat(location).contains("/operationresults/");
    var pending = call("GET", location, "");
    assertThat(pending.status()).isEqualTo(202);
    assertThat(pending.header("location")).contains(location);
    EMULATOR.control().advanceClock(Duration.ofMinutes(1));
    var over = call("GET", location, "");
    assertThat(over.status()).isEqualTo(200);
    assertThat(over.text()).isEmpty();
    assertThat(EMULATOR.control().snapshot().identities()).isEmpty();
    assertThat(EMULATOR.control().snapshot().credentials()).isEmpty();
    assertThat(call("DELETE", group("platform") + VERSION, "").status()).isEqualTo(404);
  }

  @Test
  void describesSubscriptionAndTenant() {
    var one = call("GET", subscription() + "?api-version=2022-12-01", "").json();
    var all = call("GET", "/subscriptions?api-version=2022-12-01", "").json();

    assertThat(one.path("state").asText()).isEqualTo("Enabled");
    assertThat(one.path("tenantId").asText()).isEqualTo(EMULATOR.azure().tenantId());
    assertThat(all.path("value").path(0)).isEqualTo(one);
    assertThat(
            call("GET", "/tenants?api-version=2020-01-01", "")
                .json()
                .path("value")
                .path(0)
                .path("tenantId")
                .asText())
        .isEqualTo(EMULATOR.azure().tenantId());
    assertThat(
            call("GET", subscription() + "/locations?api-version=2022-12-01", "")
                .json()
                .path("value"))
        .extracting(location -> location.path("name").asText())
        .contains("westeurope");
  }

  @Test
  void listsProviders() {
    var all = call("GET", subscription() + "/providers" + VERSION, "").json().path("value");
    var one =
        call("GET", subscription() + "/providers/microsoft.managedidentity" + VERSION, "").json();
    var registered =
        call(
            "POST", subscription() + "/providers/Microsoft.ManagedIdentity/register" + VERSION, "");

    assertThat(all)
        .extracting(provider -> provider.path("namespace").asText())
        .contains("Microsoft.ManagedIdentity", "Microsoft.Authorization", "Microsoft.Resources");
    assertThat(one.path("registrationState").asText()).isEqualTo("Registered");
    assertThat(Json.texts(one.path("resourceTypes").path(0), "apiVersions")).contains("2024-11-30");
    assertThat(Json.texts(one.path("resourceTypes").path(0), "locations")).contains("West Europe");
    assertThat(registered.status()).isEqualTo(200);
    assertThat(call("GET", "/providers" + VERSION, "").status()).isEqualTo(200);
  }

  @Test
  void describesItsCloudToWhoHasNoTokenYet() {
    var target = "/metadata/endpoints?api-version=";

    var latest = client().send(client().request("GET", target + "2022-09-01", "")).json();
    var first = client().send(client().request("GET", target + "2015-01-01", "")).json();

    assertThat(latest.path(0).path("resourceManager").asText())
        .isEqualTo(EMULATOR.azure().armEndpoint() + "/");
    assertThat(first.path("authentication").path("loginEndpoint").asText())
        .isEqualTo(EMULATOR.azure().authorityHost());
    assertThat(client().send(client().request("GET", "/metadata/endpoints", "")).status())
        .isEqualTo(400);
    assertThat(client().send(client().request("GET", "/metadata/cats", "")).status())
        .isEqualTo(404);
  }
}
