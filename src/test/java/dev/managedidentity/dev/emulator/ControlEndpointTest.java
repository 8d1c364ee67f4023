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
