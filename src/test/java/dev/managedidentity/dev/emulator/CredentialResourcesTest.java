package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.FaultRule;
import dev.managedidentity.dev.emulator.http.Json;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Federated identity credentials on the wire, and the rules that Azure has for them. */
class CredentialResourcesTest {
  private static final String VERSION = "?api-version=2024-11-30";
  private static final String ISSUER = "https://issuer.example/tenant";
  private static final JsonNode RECORDED =
      Json.resource(CredentialResourcesTest.class, "/azure/identity-exchanges.json");

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  @BeforeEach
  void createTheIdentity() {
    client().putIdentity("ide");
  }

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private static ArmClient.Reply put(String name, String properties) {
    return client()
        .call(
            "PUT",
            client().credential("ide", name) + VERSION,
            "{\"properties\": {" + properties + "}}");
  }

  @Test
  void createsACredentialAsRecorded() {
    var recorded = RECORDED.path("createCredential");

    var reply = client().putCredential("ide", "fic1", ISSUER, "system:serviceaccount:ns:svc1");

    var id =
        recorded
            .path("location")
            .asText()
            .replace("/S/", "/" + EMULATOR.azure().subscriptionId() + "/")
            .replace("/RG/", "/platform/");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("location")).contains(id);
    assertThat(reply.json().path("id").asText()).isEqualTo(id);
    assertThat(reply.json().properties()).hasSize(recorded.path("fields").size());
    assertThat(Json.texts(reply.json().path("properties"), "audiences"))
        .containsExactly("api://AzureADTokenExchange");
  }

  @Test
  void replacesACredentialWithoutALocation() {
    client().putCredential("ide", "fic1", ISSUER, "one");

    var reply = client().putCredential("ide", "FIC1", ISSUER, "two");

    assertThat(reply.status()).isEqualTo(RECORDED.path("updateCredential").path("status").asInt());
    assertThat(reply.header("location")).isEmpty();
    assertThat(reply.json().path("name").asText()).isEqualTo("fic1");
    assertThat(reply.json().path("properties").path("subject").asText()).isEqualTo("two");
  }

  @Test
  void readsListsAndDeletes() {
    client().putCredential("ide", "fic1", ISSUER, "one");
    client().putCredential("ide", "fic2", ISSUER, "two");
    var list = client().identity("ide") + "/federatedIdentityCredentials" + VERSION;

    assertThat(client().call("GET", client().credential("ide", "fic1") + VERSION, "").status())
        .isEqualTo(200);
    var all = client().call("GET", list, "").json();
    assertThat(all.path("value")).hasSize(2);
    assertThat(all.has("nextLink")).isFalse();
    var first = client().call("GET", list + "&$top=1", "").json();
    assertThat(first.path("value")).hasSize(1);
    assertThat(client().call("GET", first.path("nextLink").asText(), "").json().path("value"))
        .hasSize(1);

    assertThat(client().call("DELETE", client().credential("ide", "fic1") + VERSION, "").status())
        .isEqualTo(200);
    assertThat(client().call("DELETE", client().credential("ide", "fic1") + VERSION, "").status())
        .isEqualTo(204);
    assertThat(client().call("GET", client().credential("ide", "fic1") + VERSION, "").errorCode())
        .isEqualTo("ResourceNotFound");
  }

  @Test
  void refusesAPageSizeThatIsNone() {
    var list = client().identity("ide") + "/federatedIdentityCredentials" + VERSION;

    assertThat(client().call("GET", list + "&$top=none", "").status()).isEqualTo(400);
    assertThat(client().call("GET", list + "&$skiptoken=!", "").status()).isEqualTo(400);
  }

  @Test
  void refusesWhatIsIncomplete() {
    var reply = put("fic1", "\"issuer\": \"https://a\", \"subject\": \"s\"");

    ErrorFacts.assertThatText(reply, "IncompleteCredential");
    ErrorFacts.assertThatText(
        put("fic1", "\"subject\": \"s\", \"audiences\": [\"a\"]"), "IncompleteCredential");
    ErrorFacts.assertThatText(
        put("fic1", "\"issuer\": \"i\", \"audiences\": [\"a\"]"), "IncompleteCredential");
  }

  @Test
  void refusesACredentialInARegionWithoutFederation() {
    client()
        .call(
            "PUT",
            client().identity("far") + VERSION,
            """
            {"location": "qatarcentral"}\
            """);

    var reply = client().putCredential("far", "fic1", ISSUER, "one");

    ErrorFacts.assertThatError(reply, "MethodNotAllowed");
  }

  @Test
  void refusesMoreThanOneAudience() {
    var reply = put("fic1", "\"issuer\": \"i\", \"subject\": \"s\", \"audiences\": [\"a\", \"b\"]");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorMessage())
        .isEqualTo("Federated identity credentials must have exactly one audience.");
  }

  @Test
  void refusesTextsOfMoreThan600Characters() {
    var properties = "\"issuer\": \"i\", \"subject\": \"%s\", \"audiences\": [\"a\"]";

    assertThat(put("longest", properties.formatted("s".repeat(600))).status()).isEqualTo(201);
    assertThat(put("too-long", properties.formatted("s".repeat(601))).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "-abc", "a.bc"})
  void refusesANameThatBreaksTheRule(String name) {
    var reply = client().putCredential("ide", name, ISSUER, "s");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorMessage())
        .isEqualTo("Federated Identity Credential name '" + name + "' is invalid.");
  }

  @Test
  void refusesTheSameIssuerAndSubjectUnderAnotherName() {
    client().putCredential("ide", "fic1", ISSUER, "one");

    ErrorFacts.assertThatText(
        client().putCredential("ide", "fic2", ISSUER, "one"), "DuplicateCredential");
    assertThat(client().putCredential("ide", "fic1", ISSUER, "one").status()).isEqualTo(200);
    assertThat(client().putCredential("ide", "fic3", ISSUER, "ONE").status()).isEqualTo(201);
  }

  @Test
  void refusesTheTwentyFirst() {
    for (int i = 0; i < 20; i++) {
      assertThat(client().putCredential("ide", "fic-" + i, ISSUER, "s" + i).status())
          .isEqualTo(201);
    }

    assertThat(client().putCredential("ide", "fic-20", ISSUER, "s20").status()).isEqualTo(400);
    assertThat(client().putCredential("ide", "fic-19", ISSUER, "changed").status()).isEqualTo(200);
  }

  @Test
  void findsNoParent() {
    var reply = client().putCredential("absent", "fic1", ISSUER, "s");

    ErrorFacts.assertThatError(
        reply,
        "ParentResourceNotFound",
        "userAssignedIdentities/federatedIdentityCredentials",
        client().identity("absent"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE"})
  void refusesAWriteWhileAnotherOneOfTheSameIdentityIsUnderWay(String method) {
    client().putIdentity("other");
    var hanging =
        EMULATOR
            .control()
            .addFault(
                FaultRule.once("*/federatedIdentityCredentials/write", new Fault.Hang())
                    .onPath("slow"));
    var slow =
        CompletableFuture.supplyAsync(() -> client().putCredential("ide", "slow", ISSUER, "slow"));
    await().until(() -> EMULATOR.control().faults().getFirst().hanging() == 1);

    var body =
        """
        {"properties": {"issuer": "https://i", "subject": "s", "audiences": ["a"]}}\
        """;
    var second = client().call(method, client().credential("ide", "fast") + VERSION, body);
    var elsewhere = client().putCredential("other", "fast", ISSUER, "s");
    EMULATOR.control().releaseFault(hanging);

    ErrorFacts.assertThatError(
        second,
        "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
        client().identity("ide").toLowerCase(Locale.ROOT));
    assertThat(elsewhere.status()).isEqualTo(201);
    assertThat(slow.join().status()).isEqualTo(201);
    assertThat(EMULATOR.control().overlaps()).isEqualTo(1);
    assertThat(client().putCredential("ide", "fast", ISSUER, "s").status()).isEqualTo(201);
  }
}
