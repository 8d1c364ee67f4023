package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** User-assigned identities on the wire, compared with recorded facts. */
class IdentityResourcesTest {
  private static final String VERSION = "?api-version=2024-11-30";
  private static final JsonNode RECORDED =
      Json.resource(IdentityResourcesTest.class, "/azure/identity-exchanges.json");

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private static ArmClient.Reply put(String name, String version, String body) {
    return EMULATOR.client().call("PUT", client().identity(name) + version, body);
  }

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void createsAnIdentityAsRecorded() {
    var recorded = RECORDED.path("createIdentity");

    var reply = put("ide", "?api-version=2023-01-31", "{\"location\": \"westeurope\"}");

    var id =
        recorded
            .path("id")
            .asText()
            .replace("/S/", "/" + EMULATOR.azure().subscriptionId() + "/")
            .replace("/RG/", "/platform/");
    assertThat(reply.status()).isEqualTo(recorded.path("status").asInt());
    assertThat(reply.header("location")).contains(id);
    assertThat(reply.json().path("id").asText()).isEqualTo(id);
    assertThat(names(reply.json()))
        .containsExactlyInAnyOrderElementsOf(Json.texts(recorded, "fields"));
    assertThat(names(reply.json().path("properties")))
        .containsExactlyInAnyOrderElementsOf(Json.texts(recorded, "properties"));
    assertThat(reply.json().path("tags").isObject()).isTrue();
    Json.map(RECORDED, "headers")
        .forEach((name, value) -> assertThat(reply.header(name)).contains(value));
    assertThat(reply.header("x-ms-ratelimit-remaining-subscription-global-writes")).isPresent();
  }

  @Test
  void writesTheSameIdentityAgainWithoutChangingWhoItIs() {
    var first = put("again", VERSION, "{\"location\": \"westeurope\", \"tags\": {\"a\": \"1\"}}");

    var second = put("AGAIN", VERSION, "{\"location\": \"West Europe\"}");

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.header("location")).isEmpty();
    assertThat(second.json().path("name").asText()).isEqualTo("again");
    assertThat(second.json().path("properties")).isEqualTo(first.json().path("properties"));
    assertThat(second.json().path("tags")).isEmpty();
  }

  @Test
  void patchesTagsOnly() {
    put("patched", VERSION, "{\"location\": \"westeurope\", \"tags\": {\"a\": \"1\"}}");

    var reply =
        client()
            .call("PATCH", client().identity("patched") + VERSION, "{\"tags\": {\"b\": \"2\"}}");
    var untouched = client().call("PATCH", client().identity("patched") + VERSION, "{}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(Json.map(reply.json(), "tags")).containsOnlyKeys("b");
    assertThat(Json.map(untouched.json(), "tags")).containsOnlyKeys("b");
  }

  @Test
  void deletesWithAnEmptyReplyAndFindsNothingAfterwards() {
    client().putIdentity("gone");

    var deleted = client().call("DELETE", client().identity("gone") + VERSION, "");
    var again = client().call("DELETE", client().identity("gone") + VERSION, "");
    var read = client().call("GET", client().identity("gone") + VERSION, "");

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.header("content-length")).contains("0");
    assertThat(again.status()).isEqualTo(204);
    ErrorFacts.assertThatError(read, "ResourceNotFound", "gone", "platform");
  }

  @Test
  void takesCredentialsAlongAndLeavesRoleAssignmentsBehind() {
    var identity = client().putIdentity("parent").json();
    client().putCredential("parent", "one", "https://issuer.example", "subject");
    EMULATOR
        .control()
        .outOfBand()
        .grant(
            identity.path("properties").path("principalId").asText(),
            "Reader",
            new Scope(client().group()));

    client().call("DELETE", client().identity("parent") + VERSION, "");

    var left = EMULATOR.control().snapshot();
    assertThat(left.identities()).isEmpty();
    assertThat(left.credentials()).isEmpty();
    assertThat(left.roleAssignments()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2018-11-30, false, false",
    "2023-01-31, false, false",
    "2024-11-30, true, false",
    "2026-05-31, true, true"
  })
  void showsOnlyWhatTheVersionKnows(String version, boolean isolation, boolean restrictions) {
    var body =
        """
        {"location": "westeurope", "properties": {"isolationScope": "Regional",
         "assignmentRestrictions": {"providers": ["Microsoft.Compute"]}}}\
        """;

    var properties = put("versions", "?api-version=" + version, body).json().path("properties");

    assertThat(properties.has("isolationScope")).isEqualTo(isolation);
    assertThat(properties.has("assignmentRestrictions")).isEqualTo(restrictions);
    if (isolation) {
      assertThat(properties.path("isolationScope").asText()).isEqualTo("Regional");
    }
  }

  @Test
  void refusesAnIsolationScopeThatIsNone() {
    var reply =
        put(
            "isolated",
            VERSION,
            "{\"location\": \"westeurope\", \"properties\": {\"isolationScope\": \"Zonal\"}}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorMessage()).contains("None, Regional");
  }

  @Test
  void refusesToMove() {
    put("moving", VERSION, "{\"location\": \"westeurope\"}");

    var reply = put("moving", VERSION, "{\"location\": \"eastus\"}");

    ErrorFacts.assertThatError(
        reply, "InvalidResourceLocation", "moving", "westeurope", "platform", "eastus");
  }

  @Test
  void refusesABodyWithoutAPlaceOrWithAnUnknownOne() {
    assertThat(put("nowhere", VERSION, "{}").errorCode()).isEqualTo("LocationRequired");
    assertThat(put("nowhere", VERSION, "{\"location\": \"atlantis\"}").errorCode())
        .isEqualTo("LocationNotAvailableForResourceType");
    assertThat(put("nowhere", VERSION, "{\"location\"").errorCode())
        .isEqualTo("InvalidRequestContent");
    assertThat(put("nowhere", VERSION, "[]").errorCode()).isEqualTo("InvalidRequestContent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "-abc", "_abc", "a.bc", "a%20bc"})
  void refusesANameThatBreaksTheRule(String name) {
    var reply = put(name, VERSION, "{\"location\": \"westeurope\"}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorCode()).isEqualTo("InvalidResourceName");
  }

  @Test
  void acceptsTheLongestNameAndNotOneMore() {
    assertThat(put("a".repeat(128), VERSION, "{\"location\": \"westeurope\"}").status())
        .isEqualTo(201);
    assertThat(put("a".repeat(129), VERSION, "{\"location\": \"westeurope\"}").status())
        .isEqualTo(400);
  }

  @Test
  void refusesTagsBeyondTheLimits() {
    assertThat(putTags(many(50)).status()).isEqualTo(201);
    assertThat(putTags(many(51)).errorCode()).isEqualTo("TooManyTags");
    assertThat(putTags("\"%s\": \"\"".formatted("n".repeat(512))).status()).isEqualTo(200);
    assertThat(putTags("\"%s\": \"\"".formatted("n".repeat(513))).errorCode())
        .isEqualTo("InvalidTagName");
    assertThat(putTags("\"a\": \"%s\"".formatted("v".repeat(256))).status()).isEqualTo(200);
    assertThat(putTags("\"a\": \"%s\"".formatted("v".repeat(257))).errorCode())
        .isEqualTo("InvalidTagValueLength");
    assertThat(putTags("\"a/b\": \"\"").errorCode()).isEqualTo("InvalidTagNameCharacters");
  }

  private static ArmClient.Reply putTags(String tags) {
    return put("tagged", VERSION, "{\"location\": \"westeurope\", \"tags\": {" + tags + "}}");
  }

  private static String many(int count) {
    var tags = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      tags.add("\"tag" + i + "\": \"\"");
    }
    return String.join(",", tags);
  }

  @Test
  void turnsPagesAndHasNoLinkOnTheLast() {
    EMULATOR.control().setLimits(limits -> limits.withPageSize(2));
    for (int i = 0; i < 4; i++) {
      client().putIdentity("page-" + i);
    }
    var list = client().group() + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities";

    var first = client().call("GET", list + VERSION, "").json();
    var second = client().call("GET", first.path("nextLink").asText(), "").json();

    assertThat(first.path("value")).hasSize(2);
    assertThat(first.path("nextLink").asText()).contains("$skiptoken=");
    assertThat(second.path("value")).hasSize(2);
    assertThat(second.has("nextLink")).isFalse();
  }

  @Test
  void listsTheWholeSubscriptionAndNothingOfAnother() {
    client().putIdentity("listed");
    var subscription = "/subscriptions/" + EMULATOR.azure().subscriptionId();

    var reply =
        client()
            .call(
                "GET",
                subscription
                    + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities"
                    + VERSION,
                "");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("value")).hasSize(1);
  }

  @Test
  void doesNotFindAnIdentityInAGroupThatDoesNotExist() {
    var path = client().identity("lost").replace("/platform/", "/absent/");

    var reply = client().call("GET", path + VERSION, "");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.errorCode()).isEqualTo("ResourceGroupNotFound");
    assertThat(reply.errorMessage()).isEqualTo("Resource group 'absent' could not be found.");
  }
}
