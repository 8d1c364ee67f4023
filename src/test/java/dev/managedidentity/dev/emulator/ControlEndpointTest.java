package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.http.Json;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The control endpoint: what other processes can do to an emulator, over HTTPS and without a token.
 */
class ControlEndpointTest {
  private static final String VERSION = "?api-version=2024-11-30";

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private static ArmClient.Reply control(String method, String what, String body) {
    return client()
        .send(client().request(method, EMULATOR.azure().controlEndpoint() + "/" + what, body));
  }

  private static JsonNode get(String what) {
    var reply = control("GET", what, "");
    assertThat(reply.status()).isEqualTo(200);
    return reply.json();
  }

  private static JsonNode post(String what, String body) {
    var reply = control("POST", what, body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private static void delete(String what) {
    assertThat(control("DELETE", what, "").status()).isEqualTo(200);
  }

  @Test
  void showsWhatExistsAndWhatWasAsked() {
    client().putIdentity("orders");
    client().putCredential("orders", "cluster", "https://i", "s");

    var state = get("state");

    assertThat(state.path("count").asInt()).isEqualTo(2);
    assertThat(state.path("identities").path(0).path("clientId").isTextual()).isTrue();
    assertThat(state.path("credentials").path(0).path("subject").asText()).isEqualTo("s");
    assertThat(get("counters").path("operations").path("userAssignedIdentities/write").asInt())
        .isEqualTo(1);
    assertThat(get("requests?operation=*/federatedIdentityCredentials/*").path("value")).hasSize(1);
    assertThat(get("activity").path("value")).hasSize(2);
    delete("counters");
    delete("requests");
    delete("activity");
    assertThat(get("counters").path("operations")).isEmpty();
  }

  @Test
  void setsFaultsAndReleasesThem() {
    post(
        "faults",
        """
        {"operation": "userAssignedIdentities/write", "kind": "Fail", "status": 409,
         "code": "Conflict", "message": "No", "times": 1, "retryAfterSeconds": 3}\
        """);
    assertThat(client().putIdentity("orders").errorCode()).isEqualTo("Conflict");

    var hang =
        post("faults", "{\"operation\": \"*/write\", \"kind\": \"Hang\", \"pathContains\": \"x\"}");
    var waiting = CompletableFuture.supplyAsync(() -> client().putIdentity("xyz"));
    await()
        .untilAsserted(
            () ->
                assertThat(get("faults").path("value"))
                    .extracting(fault -> fault.path("hanging").asInt())
                    .contains(1));
    delete("faults?id=" + hang.path("id").asInt());
    assertThat(waiting.join().status()).isEqualTo(201);

    post("faults", "{\"operation\": \"*\", \"kind\": \"DropBeforeEffect\", \"probability\": 1}");
    delete("faults");
    assertThat(get("faults").path("value")).isEmpty();
  }

  @Test
  void setsDelaysLimitsBudgetsAndTheClock() {
    post(
        "settings",
        """
        {"latencySeconds": {"roleAssignments/*": 0.001},
         "propagationSeconds": {"credentials": 60, "principals": 32},
         "limits": {"pageSize": 1, "credentialsPerIdentity": 1}}\
        """);
    assertThat(EMULATOR.control().propagation().credentials()).hasSeconds(60);
    assertThat(EMULATOR.control().propagation().roleAssignments()).isZero();
    assertThat(EMULATOR.control().limits().credentialsPerIdentity()).isEqualTo(1);
    assertThat(EMULATOR.control().limits().roleAssignmentsPerSubscription()).isEqualTo(4000);

    post(
        "throttles",
        """
        {"operation": "*/write", "per": "subscription", "capacity": 1, "perSecond": 0.5}\
        """);
    client().putIdentity("orders");
    assertThat(client().putIdentity("orders").status()).isEqualTo(429);
    post("clock", "{\"advanceSeconds\": 2}");
    assertThat(client().putIdentity("orders").status()).isEqualTo(200);
    delete("throttles");
    post("throttles", "{\"likeAzure\": true}");
  }

  @Test
  void locksAndUnlocks() {
    client().putIdentity("orders");
    var scope = client().group();
    post("locks", Json.object().put("scope", scope).put("level", "ReadOnly").toString());
    assertThat(client().putIdentity("orders").errorCode()).isEqualTo("ScopeLocked");

    delete("locks?id=" + scope);

    assertThat(client().putIdentity("orders").status()).isEqualTo(200);
  }

  @Test
  void changesWhatExists() {
    client().putIdentity("orders");
    var id = client().identity("orders");
    post("tags", "{\"id\": \"" + id + "\", \"tags\": {\"a\": \"b\"}}");
    var credential =
        post(
            "credentials",
            "{\"identity\": \""
                + id
                + "\", \"name\": \"foreign\", \"issuer\": \"i\", \"subject\": \"s\","
                + " \"audience\": \"a\"}");
    var principal = post("principals", "{\"name\": \"somebody\"}");
    var grant =
        post(
            "grants",
            Json.object()
                .put("principalId", principal.path("objectId").asText())
                .put("role", "Reader")
                .put("scope", client().group())
                .toString());
    var token =
        client()
            .token(principal.path("clientId").asText(), principal.path("clientSecret").asText());

    assertThat(client().call(token, "GET", id + VERSION, "").json().path("tags").path("a").asText())
        .isEqualTo("b");
    delete("grants?id=" + grant.path("name").asText());
    assertThat(client().call(token, "GET", id + VERSION, "").status()).isEqualTo(403);
    delete("resources?id=" + credential.path("id").asText());
    delete("resources?id=" + id);
    assertThat(get("state").path("count").asInt()).isZero();
  }

  @Test
  void changesResourcesAndTheirIdentities() {
    client().putIdentity("orders");
    var machine = new ArmResource(EMULATOR, "Microsoft.Compute/virtualMachines", "2024-11-01");
    var id = "{\"id\": \"" + machine.id() + "\", ";
    var orders = client().identity("orders");
    post("resources", id + "\"location\": \"westeurope\"}");

    var shown =
        post("identity", id + "\"assign\": [\"" + orders + "\"], \"systemAssigned\": true}");
    assertThat(shown.path("identity").path("type").asText())
        .isEqualTo("SystemAssigned, UserAssigned");
    assertThat(get("state").path("resources").path(0)).isEqualTo(shown);
    post("identity", id + "\"unassign\": [\"" + orders + "\"]}");
    assertThat(machine.get().json().path("identity").path("type").asText())
        .isEqualTo("SystemAssigned");
    post("recreate", "{\"id\": \"" + machine.id() + "\"}");
    assertThat(machine.get().json().has("identity")).isFalse();
    var before = get("state").path("identities").path(0).path("clientId");
    assertThat(post("recreate", "{\"id\": \"" + orders + "\", \"tags\": {}}").path("clientId"))
        .isNotEqualTo(before);
    post("isolation", "{\"id\": \"" + orders + "\", \"isolationScope\": \"Regional\"}");
    assertThat(get("state").path("identities").path(0).path("isolationScope").asText())
        .isEqualTo("Regional");
    post(
        "groups",
        "{\"subscriptionId\": \"%s\", \"name\": \"g\", \"location\": \"eastus\"}"
            .formatted(EMULATOR.azure().subscriptionId()));
    var there = client().group().replace("/platform", "/g");
    var moved = post("moves", id + "\"to\": \"" + there + "\"}");
    assertThat(moved.path("id").asText()).startsWith(there);
    delete("resources?id=" + moved.path("id").asText());
    assertThat(get("state").path("resources")).isEmpty();
  }

  @Test
  void editsBeforeTheNextWriteAndMakesWritesTakeTheirTime() {
    var machine = new ArmResource(EMULATOR, "Microsoft.Compute/virtualMachines", "2024-11-01");
    machine.put("{\"location\": \"westeurope\"}");
    post(
        "faults",
        Json.object()
            .put("operation", "virtualMachines/write")
            .put("kind", "EditFirst")
            .put("post", "identity")
            .set("body", Json.object().put("id", machine.id()).put("systemAssigned", true))
            .toString());

    var patched = machine.patch("{\"tags\": {\"a\": \"b\"}}");

    assertThat(patched.json().path("identity").path("type").asText()).isEqualTo("SystemAssigned");
    post("longRunning", "{\"type\": \"*\", \"polls\": 1, \"code\": \"Broken\"}");
    machine.patchIdentity("None", "null");
    machine.get();
    var failed = machine.get().json();
    assertThat(failed.path("properties").path("provisioningState").asText()).isEqualTo("Failed");
  }

  @Test
  void changesRolesAndTheTreeAboveSubscriptions() {
    var subscription = EMULATOR.azure().subscriptionId();
    var group =
        post(
            "managementGroups",
            "{\"name\": \"company\", \"subscriptions\": [\"" + subscription + "\"]}");
    var role =
        post(
            "roles",
            "{\"name\": \"Shop\", \"actions\": [\"*/read\"], \"assignableScopes\": [\"%s\"]}"
                .formatted(group.path("id").asText()));
    var principal = post("principals", "{\"name\": \"somebody\"}");
    var grant =
        post(
            "grants",
            Json.object()
                .put("principalId", principal.path("objectId").asText())
                .put("role", "Shop")
                .put("scope", group.path("id").asText())
                .toString());
    post(
        "assignments",
        Json.object().put("name", grant.path("name").asText()).put("description", "d").toString());

    var state = get("state").path("roleAssignments").path(0);
    assertThat(state.path("roleDefinitionId")).isEqualTo(role.path("name"));
    assertThat(state.path("description").asText()).isEqualTo("d");
    post("transfers", "{\"subscriptionId\": \"" + subscription + "\", \"tenantId\": \"other\"}");
    assertThat(client().putIdentity("orders").status()).isEqualTo(401);
  }

  @Test
  void makesSubscriptionsAndGroups() {
    var id = "11111111-2222-3333-4444-555555555555";
    post("subscriptions", "{\"id\": \"" + id + "\", \"name\": \"Second\"}");
    var group =
        post(
            "groups",
            "{\"subscriptionId\": \"" + id + "\", \"name\": \"g\", \"location\": \"eastus\"}");

    assertThat(group.path("id").asText()).isEqualTo("/subscriptions/" + id + "/resourceGroups/g");
    delete("resources?id=" + group.path("id").asText());
  }

  @Test
  void trustsAnotherAuthorityAndStartsAnew() {
    try (var issuer = new OidcIssuer()) {
      post("trust", Json.object().put("pem", issuer.caPem()).toString());
    }
    client().putIdentity("orders");

    post("reset", "");

    assertThat(get("state").path("count").asInt()).isZero();
  }

  @Test
  void saysWhatIsWrongWithARequest() {
    assertThat(control("GET", "cats", "").status()).isEqualTo(404);
    assertThat(control("PUT", "state", "").status()).isEqualTo(405);
    assertThat(control("POST", "faults", "{").status()).isEqualTo(400);
    assertThat(control("POST", "faults", "{\"operation\": \"*\", \"kind\": \"x\"}").text())
        .contains("Hang");
    assertThat(control("POST", "clock", "{}").text()).contains("advanceSeconds");
    assertThat(control("DELETE", "locks", "").status()).isEqualTo(400);
    assertThat(control("DELETE", "faults?id=x", "").status()).isEqualTo(400);
  }
}
